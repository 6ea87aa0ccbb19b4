package dev.waybill.platform;

import dev.waybill.platform.process.Part;
import dev.waybill.platform.servers.Application;
import dev.waybill.platform.servers.ConsumerGroups;
import dev.waybill.platform.servers.KafkaServer;
import dev.waybill.platform.servers.PostgresServer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What the platform consists of: which process, at which port, with which configuration. */
final class Platform {

    private static final int POSTGRES_PORT = 15432;
    private static final int KAFKA_PORT = 19092;
    private static final int KAFKA_CONTROLLER_PORT = 19093;
    private static final String SIMULATORS = "simulators";
    private static final int SIMULATORS_PORT = 8090;
    private static final int SMTP_PORT = 1025;
    /**
     * All that the console keeps is bounded, the spans among it by 32 MB; its process is to stay under 300 MB (./bench console reads it). Spans are
     * old soon, so the young have little room, and they are many small objects. What C's allocator keeps for later is given back.
     */
    private static final String[] CONSOLE_MEMORY = {"-Xmx104m", "-Xmn20m", "-XX:+UseCompactObjectHeaders",
            "-XX:TrimNativeHeapInterval=5000"};

    private final Settings settings;
    private final PostgresServer postgres;
    private final KafkaServer kafka;
    private final Secret webhookSecret;
    private final List<Application> applications;

    Platform(Settings settings) {
        this.settings = settings;
        this.postgres = new PostgresServer(settings.dataDir().resolve("postgres"), settings.port(POSTGRES_PORT));
        this.kafka = new KafkaServer(settings.dataDir().resolve("kafka"), settings.java(), settings.port(KAFKA_PORT),
                settings.port(KAFKA_CONTROLLER_PORT));
        this.webhookSecret = new Secret(settings, "webhooks");
        this.applications = Stream.concat(Stream.of(simulators()), Stream.of(Service.values()).map(this::service))
                .toList();
    }

    /** The services, and the console of those who run them: name, port, database. */
    enum Service {
        ORDER("order-service", 8081, "orders"), INVENTORY("inventory-service", 8082, "inventory"),
        PAYMENT("payment-service", 8083, "payments"), SHIPPING("shipping-service", 8084, "shipping"),
        SAGA("saga-orchestrator", 8085, "saga"), NOTIFICATION("notification-service", 8086, "notifications"),
        CONSOLE("operations-console", 8080, "console");

        private final String module;
        private final int usualPort;
        private final String database;

        Service(String module, int usualPort, String database) {
            this.module = module;
            this.usualPort = usualPort;
            this.database = database;
        }

        String url(Settings settings) {
            return "http://localhost:" + settings.port(usualPort);
        }
    }

    /** In the order of their start. */
    List<Part> parts() {
        List<Part> parts = new ArrayList<>(List.of(postgres, kafka));
        parts.addAll(applications);
        return parts;
    }

    List<Application> applications() {
        return applications;
    }

    String simulatorsUrl() {
        return "http://localhost:" + settings.port(SIMULATORS_PORT);
    }

    ConsumerGroups consumerGroups() {
        return new ConsumerGroups("127.0.0.1:" + settings.port(KAFKA_PORT));
    }

    private Application simulators() {
        Supplier<Map<String, String>> environment = () -> {
            Map<String, String> all = new HashMap<>(Map.of("SERVER_PORT",
                    Integer.toString(settings.port(SIMULATORS_PORT)), "SERVER_ADDRESS", "127.0.0.1",
                    "WAYBILL_SIMULATORS_MAILBOX_PORT", Integer.toString(settings.port(SMTP_PORT)),
                    "WAYBILL_SIMULATORS_MAILBOX_ADDRESS", "127.0.0.1",
                    "WAYBILL_SIMULATORS_DATADIR", settings.dataDir().resolve(SIMULATORS).toString(),
                    "WAYBILL_SIMULATORS_WEBHOOKSECRET", webhookSecret.value(),
                    "WAYBILL_SIMULATORS_GATEWAY_WEBHOOKURL", Service.PAYMENT.url(settings) + "/gateway-webhooks",
                    "WAYBILL_SIMULATORS_CARRIER_WEBHOOKURL", Service.SHIPPING.url(settings) + "/carrier-webhooks"));
            if (settings.parcelsMove()) {
                all.put("WAYBILL_SIMULATORS_CARRIER_AUTOADVANCE_HANDEDOVERAFTER", "30s");
                all.put("WAYBILL_SIMULATORS_CARRIER_AUTOADVANCE_DELIVEREDAFTER", "30s");
            }
            return all;
        };
        return new Application(SIMULATORS,
                List.of(settings.port(SIMULATORS_PORT), settings.port(SMTP_PORT)), Set.of(), 1, installation(),
                environment,
                // Its books are open in the running one.
                Map.of("WAYBILL_SIMULATORS_DATADIR",
                        settings.dataDir().resolve("applications").resolve("no-books").toString()));
    }

    private Application service(Service service) {
        Supplier<Map<String, String>> environment = () -> {
            Map<String, String> all = new HashMap<>(Map.of("SERVER_PORT",
                    Integer.toString(settings.port(service.usualPort)), "SERVER_ADDRESS", "127.0.0.1",
                    "SPRING_DATASOURCE_URL",
                    "jdbc:postgresql://127.0.0.1:%d/%s".formatted(settings.port(POSTGRES_PORT), service.database),
                    "SPRING_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + settings.port(KAFKA_PORT), "WAYBILL_GATEWAY_URL",
                    simulatorsUrl(), "WAYBILL_CARRIER_URL", simulatorsUrl(), "WAYBILL_WEBHOOKS_SECRET",
                    webhookSecret.value(), "SPRING_MAIL_HOST", "127.0.0.1", "SPRING_MAIL_PORT",
                    Integer.toString(settings.port(SMTP_PORT))));
            all.put(Settings.TRACES_TO, settings.tracesTo().isBlank()
                    ? "http://127.0.0.1:%d/v1/traces".formatted(settings.port(Service.CONSOLE.usualPort))
                    : settings.tracesTo());
            if (service == Service.CONSOLE) {
                for (Service seen : Service.values()) {
                    all.put("WAYBILL_CONSOLE_SERVICES_" + seen.name(), seen.url(settings));
                }
                // Whoever looks at an order leaves no trace beside the order's own; what the console asks of services follows it in that.
                all.put("MANAGEMENT_TRACING_SAMPLING_PROBABILITY", "0");
            }
            return all;
        };
        return new Application(service.module, List.of(settings.port(service.usualPort)),
                Set.of(PostgresServer.NAME, KafkaServer.NAME), 0,
                service == Service.CONSOLE ? installation(CONSOLE_MEMORY) : installation(), environment, Map.of());
    }

    /** @param options for its JVM, which those from outside win over */
    private Application.Installation installation(String... options) {
        return new Application.Installation(settings.repository(), settings.dataDir().resolve("applications"),
                settings.java(), Stream.concat(Stream.of(options), settings.javaOptions().stream()).toList());
    }
}
