package dev.waybill.simulators;

import dev.waybill.simulators.mailbox.MailServer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The simulators as they are shipped, on free ports and with impatient faults, and a client to speak to them. */
public final class RunningSimulators implements AutoCloseable {

    public static final Duration SLOW = Duration.ofMillis(400);
    public static final Duration SILENCE = Duration.ofMillis(900);
    public static final Duration HANG = Duration.ofMillis(1_200);

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ConfigurableApplicationContext context;
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI base;

    private RunningSimulators(ConfigurableApplicationContext context) {
        this.context = context;
        int port = Objects
                .requireNonNull(((ServletWebServerApplicationContext) context).getWebServer(), "no server")
                .getPort();
        this.base = URI.create("http://localhost:" + port);
    }

    /**
     * @param dataDir where their books are
     * @param settings further properties, {@code name=value}
     */
    public static RunningSimulators on(Path dataDir, String... settings) {
        // The last one wins: given twice, Spring would take both for a list.
        Map<String, String> all = new LinkedHashMap<>();
        Stream.concat(
                Stream.of(
                        "server.port=0",
                        "waybill.simulators.mailbox.port=0",
                        "waybill.simulators.data-dir=" + dataDir,
                        "waybill.simulators.faults.slow=" + SLOW,
                        "waybill.simulators.faults.hang=" + HANG,
                        "waybill.simulators.gateway.slow-card-delay=" + SLOW,
                        "waybill.simulators.gateway.silence=" + SILENCE),
                Stream.of(settings)).forEach(setting -> all.put(setting.substring(0, setting.indexOf('=')), setting));
        String[] arguments = all.values().stream().map("--"::concat).toArray(String[]::new);
        return new RunningSimulators(new SpringApplicationBuilder(SimulatorsApplication.class).run(arguments));
    }

    /**
     * What was answered.
     *
     * @param body null, if there was none or it was no JSON
     */
    public record Answer(
            int status, String contentType, String text, @Nullable JsonNode body, Duration took) {

        /** The field at a JSON pointer; fails if it is not there. */
        public String at(String pointer) {
            return json().requiredAt(pointer).asString();
        }

        /** The list {@code items}. */
        public List<JsonNode> items() {
            return json().required("items").valueStream().toList();
        }

        private JsonNode json() {
            return Objects.requireNonNull(body, () -> "No JSON: " + text);
        }
    }

    public Answer post(String path, String key, String json) {
        return send(request(path).header("Idempotency-Key", key).POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    public Answer postWithoutKey(String path, String json) {
        return send(request(path).POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    public Answer get(String path) {
        return send(request(path).GET());
    }

    public Answer put(String path, String json) {
        return send(request(path).PUT(HttpRequest.BodyPublishers.ofString(json)));
    }

    public Answer delete(String path) {
        return send(request(path).DELETE());
    }

    public Answer send(HttpRequest.Builder request) {
        long before = System.nanoTime();
        try {
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            var took = Duration.ofNanos(System.nanoTime() - before);
            String contentType = response.headers().firstValue("Content-Type").orElse("");
            return new Answer(
                    response.statusCode(),
                    contentType,
                    response.body(),
                    contentType.contains("json") ? JSON.readTree(response.body()) : null,
                    took);
        } catch (IOException e) {
            throw new AssertionError("No answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        }
    }

    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path)).header("Content-Type", "application/json");
    }

    public int smtpPort() {
        return context.getBean(MailServer.class).port();
    }

    public URI base() {
        return base;
    }

    /** Authorizes 129.99 EUR. */
    public Answer authorize(String key, String orderId, String paymentMethod) {
        return post("/gateway/authorizations", key, """
                {"orderId": "%s", "amount": {"amountMinor": 12999, "currency": "EUR"}, "paymentMethod": "%s"}"""
                .formatted(orderId, paymentMethod));
    }

    /** Does something with an authorization, for 129.99 EUR. */
    public Answer charge(String key, String reference, String what) {
        String body = what.equals("voids") ? "{}" : """
                {"amount": {"amountMinor": 12999, "currency": "EUR"}}""";
        return post("/gateway/authorizations/%s/%s".formatted(reference, what), key, body);
    }

    /** The kinds that stand in the gateway's books for an order. */
    public List<String> charges(String orderId) {
        return get("/gateway/charges?orderId=" + orderId).items().stream()
                .map(charge -> charge.required("kind").asString()).toList();
    }

    /** Books a parcel with one espresso machine. */
    public Answer book(String key, String orderId, String country) {
        return post("/carrier/shipments", key, """
                {"orderId": "%s", "items": [{"sku": "ESPRESSO-01", "quantity": 1}],
                 "address": {"name": "Alice Doe", "line1": "1 Main St", "city": "Berlin", "postalCode": "10115",
                             "country": "%s"}}""".formatted(orderId, country));
    }

    /** Does something with a shipment. */
    public Answer ship(String key, String trackingNumber, String what) {
        return post("/carrier/shipments/%s/%s".formatted(trackingNumber, what), key, "{}");
    }

    public Answer scan(String trackingNumber, String status) {
        return postWithoutKey(
                "/carrier/shipments/%s/scans".formatted(trackingNumber),
                "{\"status\": \"%s\"}".formatted(status));
    }

    /** What the carrier's books say happened to an order's only shipment. */
    public List<String> history(String orderId) {
        return get("/carrier/shipments?orderId=" + orderId).items().stream()
                .flatMap(shipment -> shipment.required("history").valueStream())
                .map(step -> step.required("status").asString()).toList();
    }

    @Override
    public void close() {
        context.close();
        client.close();
    }
}
