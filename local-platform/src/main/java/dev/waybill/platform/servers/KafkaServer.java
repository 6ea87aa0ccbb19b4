package dev.waybill.platform.servers;

import dev.waybill.platform.process.Part;
import dev.waybill.platform.process.Shell;
import dev.waybill.platform.process.StopRule;
import org.apache.kafka.common.Uuid;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A real Kafka: one broker that is its own controller (KRaft), on the loopback only. Its data survives every stop. */
public final class KafkaServer implements Part {

    public static final String NAME = "kafka";
    private static final Duration FORMAT_BOUND = Duration.ofMinutes(1);

    private final Path home;
    private final Path java;
    private final int port;
    private final int controllerPort;
    private final Topics topics;

    /**
     * @param home where configuration and data are kept
     * @param java the program that runs the broker, with the class path of this JVM
     */
    public KafkaServer(Path home, Path java, int port, int controllerPort) {
        this.home = home;
        this.java = java;
        this.port = port;
        this.controllerPort = controllerPort;
        this.topics = new Topics("127.0.0.1:" + port, (short) 1);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public List<Integer> ports() {
        return List.of(port, controllerPort);
    }

    @Override
    public String address() {
        return "127.0.0.1:" + port;
    }

    @Override
    public Set<String> needs() {
        return Set.of();
    }

    @Override
    public void prepare() throws IOException {
        Files.createDirectories(data());
        Files.writeString(configuration(), settings());
        if (!Files.exists(data().resolve("meta.properties"))) {
            List<String> command = new ArrayList<>(javaCommand("-Xmx128m", "-XX:TieredStopAtLevel=1"));
            command.addAll(List.of("kafka.tools.StorageTool", "format", "--cluster-id", Uuid.randomUuid().toString(),
                    "--config", configuration().toString()));
            Shell.Result result = Shell.run(command, FORMAT_BOUND);
            if (!result.succeeded()) {
                throw new IOException("Kafka's storage could not be formatted: " + result.output());
            }
        }
    }

    private Path data() {
        return home.resolve("data");
    }

    private Path configuration() {
        return home.resolve("server.properties");
    }

    private String settings() {
        return """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%2$d
                listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
                controller.listener.names=CONTROLLER
                inter.broker.listener.name=PLAINTEXT
                log.dirs=%3$s
                auto.create.topics.enable=false
                default.replication.factor=1
                offsets.topic.replication.factor=1
                offsets.topic.num.partitions=4
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                transaction.state.log.num.partitions=4
                share.coordinator.state.topic.replication.factor=1
                share.coordinator.state.topic.min.isr=1
                share.coordinator.state.topic.num.partitions=2
                log.index.size.max.bytes=1048576
                num.network.threads=2
                num.io.threads=4
                background.threads=2
                # A consumer that was killed gives its partitions up after ten seconds rather than 45.
                group.initial.rebalance.delay.ms=0
                group.consumer.min.session.timeout.ms=6000
                group.consumer.session.timeout.ms=10000
                group.consumer.min.heartbeat.interval.ms=1000
                group.consumer.heartbeat.interval.ms=2000
                """.formatted(port, controllerPort, data());
    }

    @Override
    public List<String> command() {
        List<String> command = new ArrayList<>(javaCommand("-Xms128m", "-Xmx320m", "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError", "-XX:+AutoCreateSharedArchive",
                "-XX:SharedArchiveFile=" + home.resolve("broker.jsa"), "--sun-misc-unsafe-memory-access=allow",
                "-Dlog4j2.configurationFile=classpath:kafka-log4j2.properties"));
        command.addAll(List.of("kafka.Kafka", configuration().toString()));
        return command;
    }

    private List<String> javaCommand(String... options) {
        List<String> command = new ArrayList<>(List.of(java.toString()));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        return command;
    }

    @Override
    public Map<String, String> environment() {
        return Map.of();
    }

    @Override
    public boolean answers() {
        return Probe.accepts(port) && topics.brokerAnswers();
    }

    @Override
    public boolean looksAlive() {
        return Probe.accepts(port);
    }

    @Override
    public List<String> settle() {
        return topics.makeWhatIsMissing();
    }

    @Override
    public StopRule stopRule() {
        return new StopRule(2, "TERM", Duration.ofSeconds(20));
    }
}
