package dev.waybill.shipping.shipments;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.waybill.events.Address;
import dev.waybill.events.Command;
import dev.waybill.events.MessageId;
import dev.waybill.events.MessageTypes;
import dev.waybill.events.OrderId;
import dev.waybill.events.Quantity;
import dev.waybill.events.SagaId;
import dev.waybill.events.ShippingCommand.BookShipment;
import dev.waybill.events.ShippingEvent;
import dev.waybill.events.Sku;
import dev.waybill.events.StockLine;
import dev.waybill.messaging.Aggregate;
import dev.waybill.messaging.EventCounter;
import dev.waybill.messaging.Ids;
import dev.waybill.messaging.MessageJson;
import dev.waybill.messaging.Outbox;
import dev.waybill.testing.Contracts;
import dev.waybill.testing.RealServers;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The service with a real Kafka, a real database, and a carrier that answers over HTTP. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@ContextConfiguration(initializers = RealServers.class)
abstract class ShippingFixture {

    static final String SECRET = "between us and the carrier";
    static final WireMockServer CARRIER = started();

    final OrderId order = new OrderId(Ids.next());
    final SagaId saga = new SagaId(Ids.next());
    private final Sender sender = new Sender();

    @Autowired
    Outbox outbox;
    @Autowired
    TransactionTemplate transaction;
    @Autowired
    JdbcClient jdbc;
    @Autowired
    ApplicationContext service;
    @Autowired
    CircuitBreakerRegistry breakers;
    @LocalServerPort
    int port;

    private static final class Sender implements Aggregate {

        private final EventCounter events = new EventCounter();

        @Override
        public String subject() {
            return "saga/test";
        }

        @Override
        public EventCounter events() {
            return events;
        }
    }

    private static WireMockServer started() {
        var server = new WireMockServer(wireMockConfig().dynamicPort().templatingEnabled(true).globalTemplating(true));
        server.start();
        return server;
    }

    @DynamicPropertySource
    static void carrier(DynamicPropertyRegistry properties) {
        properties.add("waybill.carrier.url", CARRIER::baseUrl);
        properties.add("waybill.carrier.limits.read-timeout", () -> "500ms");
        properties.add("waybill.webhooks.secret", () -> SECRET);
        properties.add("waybill.webhooks.cleanup-interval", () -> "1s");
    }

    @BeforeEach
    void carrierSaysYes() {
        CARRIER.resetAll();
        breakers.getAllCircuitBreakers().forEach(CircuitBreaker::reset);
        CARRIER.stubFor(post("/carrier/shipments").atPriority(9).willReturn(json(201,
                """
                        {"trackingNumber": "T-{{jsonPath request.body '$.orderId'}}", "carrier": "DHL", "status": "BOOKED"}""")));
        CARRIER.stubFor(post(urlMatching("/carrier/shipments/.*/dispatch")).atPriority(9)
                .willReturn(json(201, "{\"labelUrl\": \"http://labels/1\"}")));
        CARRIER.stubFor(post(urlMatching("/carrier/shipments/.*/cancellation")).atPriority(9)
                .willReturn(json(201, "{\"status\": \"CANCELLED\"}")));
    }

    BookShipment book() {
        return new BookShipment(
                order,
                new Address("Alice Doe", "1 Main St", null, "Berlin", "10115", "DE"),
                List.of(new StockLine(new Sku("ESPRESSO-01"), new Quantity(2))));
    }

    Map<String, @Nullable Object> booking() {
        return jdbc.sql("select booking from shipment where order_id = ?").param(order.value()).query().singleRow();
    }

    MessageId send(Command<?> command) {
        MessageId id = Ids.nextMessageId();
        transaction.executeWithoutResult(status -> outbox.send(sender, saga, id, command));
        return id;
    }

    ShippingEvent answerTo(MessageId command) {
        var answers = await().atMost(Duration.ofSeconds(20))
                .until(() -> jdbc.sql("select type, payload from outbox where causation_id = ?").param(command.value())
                        .query((row, number) -> read(row.getString("type"), row.getString("payload"))).list(),
                        found -> !found.isEmpty());
        assertThat(answers).hasSize(1);
        return answers.getFirst();
    }

    static ShippingEvent read(String type, String payload) {
        Contracts.assertValid(type, payload);
        return (ShippingEvent) MessageJson
                .read(payload.getBytes(StandardCharsets.UTF_8), MessageTypes.find(type).orElseThrow());
    }

    long openCalls() {
        return jdbc.sql("select count(*) from outside_call where order_id = ?").param(order.value()).query(Long.class)
                .single();
    }

    JsonNode view() {
        JsonNode body = RestClient.create("http://localhost:" + port).get().uri("/shipments/" + order).retrieve()
                .body(JsonNode.class);
        assertThat(body).isNotNull();
        return body;
    }

    String trackingNumber() {
        return "T-" + order;
    }

    static ResponseDefinitionBuilder json(int status, String body) {
        return aResponse().withStatus(status).withHeader("Content-Type", "application/json").withBody(body);
    }

    static ResponseDefinitionBuilder problem(int status, String code) {
        return aResponse().withStatus(status).withHeader("Content-Type", "application/problem+json")
                .withBody("{\"title\": \"no\", \"status\": %d, \"code\": \"%s\"}".formatted(status, code));
    }
}
