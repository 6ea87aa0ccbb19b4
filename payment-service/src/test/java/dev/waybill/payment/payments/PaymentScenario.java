package dev.waybill.payment.payments;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import dev.waybill.events.Command;
import dev.waybill.events.MessageId;
import dev.waybill.events.MessageTypes;
import dev.waybill.events.Money;
import dev.waybill.events.OrderId;
import dev.waybill.events.PaymentCommand.AuthorizePayment;
import dev.waybill.events.PaymentCommand.CapturePayment;
import dev.waybill.events.PaymentEvent;
import dev.waybill.events.PaymentMethod;
import dev.waybill.events.SagaId;
import dev.waybill.messaging.Aggregate;
import dev.waybill.messaging.EventCounter;
import dev.waybill.messaging.Ids;
import dev.waybill.messaging.MessageJson;
import dev.waybill.messaging.Outbox;
import dev.waybill.testing.Contracts;
import dev.waybill.testing.RealServers;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A payment service with a real Kafka and a real database, and a gateway that answers over HTTP as a test says. Whoever extends
 * this shares one running service.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@ContextConfiguration(initializers = RealServers.class)
abstract class PaymentScenario {

    private static final JsonMapper JSON = JsonMapper.shared();
    static final WireMockServer GATEWAY = started();
    static final Money AMOUNT = Money.of(25_998, "EUR");
    static final PaymentMethod VISA = new PaymentMethod("pm_card_visa");

    final OrderId order = new OrderId(Ids.next());
    final SagaId saga = new SagaId(Ids.next());
    final Sender sender = new Sender();

    @Autowired
    Outbox outbox;
    @Autowired
    TransactionTemplate transaction;
    @Autowired
    JdbcClient jdbc;
    @Autowired
    MeterRegistry meters;
    @Autowired
    ApplicationContext service;
    @Autowired
    CircuitBreakerRegistry breakers;
    @LocalServerPort
    int port;

    static final class Sender implements Aggregate {

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
    static void gateway(DynamicPropertyRegistry properties) {
        properties.add("waybill.gateway.url", GATEWAY::baseUrl);
        properties.add("waybill.gateway.limits.read-timeout", () -> "500ms");
        properties.add("waybill.webhooks.secret", () -> "gateway-secret");
        properties.add("waybill.webhooks.cleanup-interval", () -> "1s");
        properties.add("waybill.payments.snapshot-every", () -> "3");
    }

    @BeforeEach
    void gatewaySaysYes() {
        GATEWAY.resetAll();
        breakers.getAllCircuitBreakers().forEach(CircuitBreaker::reset);
        GATEWAY.stubFor(WireMock.post("/gateway/authorizations").atPriority(9).willReturn(json(201, """
                {"reference": "auth-{{jsonPath request.body '$.orderId'}}", "status": "AUTHORIZED"}""")));
        GATEWAY.stubFor(WireMock.post(urlMatching("/gateway/authorizations/.*/(captures|voids|refunds)")).atPriority(9)
                .willReturn(json(201, "{\"status\": \"DONE\"}")));
    }

    /** Calls about this order by their keys: one that is tried again keeps its own. */
    Set<String> keys() {
        return GATEWAY.findAll(postRequestedFor(urlMatching("/gateway/.*"))).stream()
                .filter(request -> (request.getUrl() + request.getBodyAsString()).contains(order.toString()))
                .map(request -> request.getHeader("Idempotency-Key")).collect(toSet());
    }

    long answers() {
        return jdbc.sql("select count(*) from outbox where message_key = ? and sequence is not null")
                .param(order.toString()).query(Long.class).single();
    }

    MessageId send(Command<?> command) {
        MessageId id = Ids.nextMessageId();
        transaction.executeWithoutResult(status -> outbox.send(sender, saga, id, command));
        return id;
    }

    PaymentEvent answerTo(MessageId command) {
        var answers = await().atMost(Duration.ofSeconds(20))
                .until(() -> jdbc.sql("select type, payload from outbox where causation_id = ?").param(command.value())
                        .query((row, number) -> read(row.getString("type"), row.getString("payload"))).list(),
                        found -> !found.isEmpty());
        assertThat(answers).hasSize(1);
        return answers.getFirst();
    }

    static PaymentEvent read(String type, String payload) {
        Contracts.assertValid(type, payload);
        return (PaymentEvent) MessageJson
                .read(payload.getBytes(StandardCharsets.UTF_8), MessageTypes.find(type).orElseThrow());
    }

    long openCalls() {
        return jdbc.sql("select count(*) from outside_call where order_id = ?").param(order.value()).query(Long.class)
                .single();
    }

    JsonNode view() {
        JsonNode body = RestClient.create("http://localhost:" + port).get().uri("/payments/" + order).retrieve()
                .body(JsonNode.class);
        assertThat(body).isNotNull();
        return body;
    }

    String reference() {
        return "auth-" + order;
    }

    static ResponseDefinitionBuilder json(int status, String body) {
        return aResponse().withStatus(status).withHeader("Content-Type", "application/json").withBody(body);
    }

    static ResponseDefinitionBuilder problem(int status, String code) {
        return aResponse().withStatus(status).withHeader("Content-Type", "application/problem+json")
                .withBody("{\"title\": \"no\", \"status\": %d, \"code\": \"%s\"}".formatted(status, code));
    }

    /** What an HTTP request got. */
    record Answered(int status, String contentType, @Nullable String location, JsonNode body) {

        String code() {
            return body.path("code").asString("");
        }
    }

    Answered get(String path) {
        return exchange(HttpMethod.GET, path, null);
    }

    Answered post(String path, String body, String... headers) {
        return exchange(HttpMethod.POST, path, body, headers);
    }

    private Answered exchange(HttpMethod method, String path, @Nullable String body, String... headers) {
        var request = RestClient.create("http://localhost:" + port).method(method).uri(path);
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        if (body != null) {
            request.contentType(MediaType.APPLICATION_JSON).body(body);
        }
        return request.exchangeForRequiredValue((sent, response) -> {
            byte[] bytes = response.getBody().readAllBytes();
            return new Answered(response.getStatusCode().value(),
                    String.valueOf(response.getHeaders().getContentType()),
                    response.getHeaders().getFirst("Location"),
                    bytes.length == 0 ? JSON.createObjectNode() : JSON.readTree(bytes));
        });
    }

    /** Has the order's amount captured. */
    void capture() {
        answerTo(send(new AuthorizePayment(order, AMOUNT, VISA)));
        answerTo(send(new CapturePayment(order)));
    }

    /** The gateway answers late what is asked about this order: later than it is waited for. */
    StubMapping silentAbout(String what) {
        return GATEWAY.stubFor(WireMock.post(urlMatching("/gateway/authorizations/%s/%s".formatted(reference(), what)))
                .willReturn(json(201, "{\"status\": \"DONE\"}").withFixedDelay(700)));
    }
}
