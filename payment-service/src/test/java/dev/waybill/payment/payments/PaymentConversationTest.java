package dev.waybill.payment.payments;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.waybill.events.Command;
import dev.waybill.events.MessageId;
import dev.waybill.events.MessageTypes;
import dev.waybill.events.Money;
import dev.waybill.events.OrderId;
import dev.waybill.events.PaymentCommand.AuthorizePayment;
import dev.waybill.events.PaymentCommand.CapturePayment;
import dev.waybill.events.PaymentCommand.VoidPayment;
import dev.waybill.events.PaymentEvent;
import dev.waybill.events.PaymentEvent.CaptureRefusal;
import dev.waybill.events.PaymentEvent.CaptureRefused;
import dev.waybill.events.PaymentEvent.DeclineReason;
import dev.waybill.events.PaymentEvent.PaymentAuthorized;
import dev.waybill.events.PaymentEvent.PaymentCaptured;
import dev.waybill.events.PaymentEvent.PaymentDeclined;
import dev.waybill.events.PaymentEvent.PaymentVoided;
import dev.waybill.events.PaymentMethod;
import dev.waybill.events.SagaId;
import dev.waybill.messaging.Aggregate;
import dev.waybill.messaging.EventCounter;
import dev.waybill.messaging.Ids;
import dev.waybill.messaging.MessageJson;
import dev.waybill.messaging.Outbox;
import dev.waybill.testing.Contracts;
import dev.waybill.testing.RealServers;
import dev.waybill.testing.SetBack;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.dao.DataIntegrityViolationException;
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
import java.util.Set;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** Commands in over a real Kafka, events out into a real outbox, and a gateway that answers over HTTP. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@ContextConfiguration(initializers = RealServers.class)
class PaymentConversationTest {

    private static final WireMockServer GATEWAY = started();
    private static final Money AMOUNT = Money.of(25_998, "EUR");
    private static final PaymentMethod VISA = new PaymentMethod("pm_card_visa");

    private final OrderId order = new OrderId(Ids.next());
    private final SagaId saga = new SagaId(Ids.next());
    private final Sender sender = new Sender();

    @Autowired
    private Outbox outbox;
    @Autowired
    private TransactionTemplate transaction;
    @Autowired
    private JdbcClient jdbc;
    @Autowired
    private MeterRegistry meters;
    @Autowired
    private ApplicationContext service;
    @LocalServerPort
    private int port;

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
    static void gateway(DynamicPropertyRegistry properties) {
        properties.add("waybill.gateway.url", GATEWAY::baseUrl);
        properties.add("waybill.gateway.limits.read-timeout", () -> "500ms");
        properties.add("waybill.webhooks.secret", () -> "gateway-secret");
        properties.add("waybill.payments.snapshot-every", () -> "3");
    }

    @AfterAll
    static void stopGateway() {
        GATEWAY.stop();
    }

    @BeforeEach
    void gatewaySaysYes() {
        GATEWAY.resetAll();
        GATEWAY.stubFor(post("/gateway/authorizations").atPriority(9).willReturn(json(201, """
                {"reference": "auth-{{jsonPath request.body '$.orderId'}}", "status": "AUTHORIZED"}""")));
        GATEWAY.stubFor(post(urlMatching("/gateway/authorizations/.*/(captures|voids)")).atPriority(9)
                .willReturn(json(201, "{\"status\": \"DONE\"}")));
    }

    @Test
    void anAuthorizedPaymentIsCaptured() {
        MessageId authorize = send(new AuthorizePayment(order, AMOUNT, VISA));
        assertThat(answerTo(authorize)).isEqualTo(new PaymentAuthorized(order, AMOUNT, reference()));
        assertThat(view().path("status").asString()).isEqualTo("AUTHORIZED");

        MessageId capture = send(new CapturePayment(order));
        assertThat(answerTo(capture)).isEqualTo(new PaymentCaptured(order, AMOUNT, reference()));
        assertThat(view().path("status").asString()).isEqualTo("CAPTURED");
        assertThat(view().at("/captured/amountMinor").asLong()).isEqualTo(25_998);
        assertThat(openCalls()).isZero();
    }

    @Test
    void theAnswerStaysInTheSagaOfTheCommandAndIsNumbered() {
        MessageId authorize = send(new AuthorizePayment(order, AMOUNT, VISA));
        answerTo(authorize);
        MessageId voiding = send(new VoidPayment(order));
        answerTo(voiding);
        var sequences = jdbc
                .sql("select sequence from outbox where topic = 'payment.events' and subject = ? and saga_id = ? and correlation_id = ? order by id")
                .params("payment/" + order, saga.value(), order.toString()).query(Long.class).list();
        assertThat(sequences).containsExactly(1L, 2L);
    }

    @Test
    void aDeclinedCardIsADeclinedPayment() {
        GATEWAY.stubFor(post("/gateway/authorizations")
                .withRequestBody(matchingJsonPath("$.orderId", WireMock.equalTo(order.toString())))
                .willReturn(problem(402, "INSUFFICIENT_FUNDS")));
        MessageId authorize = send(new AuthorizePayment(order, AMOUNT, VISA));
        assertThat(answerTo(authorize)).isEqualTo(new PaymentDeclined(order, DeclineReason.INSUFFICIENT_FUNDS));
        assertThat(answerTo(send(new VoidPayment(order)))).isEqualTo(new PaymentVoided(order, null));
        assertThat(view().path("declineReason").asString()).isEqualTo("INSUFFICIENT_FUNDS");
    }

    @Test
    void aVoidThatComesFirstDeclinesTheAuthorizationWithoutTheGateway() {
        assertThat(answerTo(send(new VoidPayment(order)))).isEqualTo(new PaymentVoided(order, null));
        assertThat(answerTo(send(new AuthorizePayment(order, AMOUNT, VISA))))
                .isEqualTo(new PaymentDeclined(order, DeclineReason.ALREADY_VOIDED));
        GATEWAY.verify(0, postRequestedFor(urlMatching("/gateway/.*"))
                .withRequestBody(matchingJsonPath("$.orderId", WireMock.equalTo(order.toString()))));
    }

    @Test
    void anAuthorizationInDoubtIsDrivenToAnAnswerWithItsOwnKeyBeforeItIsVoided() {
        var cutOff = GATEWAY.stubFor(post("/gateway/authorizations")
                .willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
        MessageId authorize = send(new AuthorizePayment(order, AMOUNT, VISA));
        await().untilAsserted(() -> assertThat(view().path("status").asString()).isEqualTo("UNKNOWN"));
        MessageId voiding = send(new VoidPayment(order));
        await().until(() -> openCalls() == 2);
        GATEWAY.removeStub(cutOff);

        assertThat(answerTo(authorize)).isEqualTo(new PaymentAuthorized(order, AMOUNT, reference()));
        assertThat(answerTo(voiding)).isEqualTo(new PaymentVoided(order, reference()));
        assertThat(view().path("status").asString()).isEqualTo("VOIDED");
        List<String> keys = GATEWAY.findAll(postRequestedFor(urlEqualTo("/gateway/authorizations"))).stream()
                .map(request -> request.getHeader("Idempotency-Key")).distinct().toList();
        assertThat(keys).hasSize(1);
    }

    @Test
    void aCaptureWithoutAnAuthorizationIsRefused() {
        assertThat(answerTo(send(new CapturePayment(order))))
                .isEqualTo(new CaptureRefused(order, CaptureRefusal.NOT_AUTHORIZED));
    }

    @Test
    void theVoidOfACapturedPaymentIsParked() {
        answerTo(send(new AuthorizePayment(order, AMOUNT, VISA)));
        answerTo(send(new CapturePayment(order)));
        MessageId voiding = send(new VoidPayment(order));
        await().untilAsserted(() -> assertThat(
                jdbc.sql("select count(*) from parked_message where message_id = ?").param(voiding.value())
                        .query(Long.class).single())
                .isEqualTo(1));
        assertThat(view().path("status").asString()).isEqualTo("CAPTURED");
    }

    @Test
    void theDatabaseKeepsWhatIsCapturedWithinWhatIsAuthorized() {
        answerTo(send(new AuthorizePayment(order, AMOUNT, VISA)));
        answerTo(send(new CapturePayment(order)));
        assertThatThrownBy(
                () -> jdbc.sql("update payment set captured_minor = authorized_minor + 1 where order_id = ?")
                        .param(order.value()).update())
                .isInstanceOf(DataIntegrityViolationException.class);
    }

    @Test
    void howLongTheGatewayTakesAndHowMuchIsOpenIsMeasured() {
        answerTo(send(new AuthorizePayment(order, AMOUNT, VISA)));
        Timer calls = meters.find("outside.call").tags("kind", "payment.authorize", "result", "known").timer();
        assertThat(calls).isNotNull();
        assertThat(calls.count()).isPositive();
        assertThat(meters.get("outside.calls.open").gauge().value()).isZero();
    }

    @Test
    void nobodyHasHeardOfThePayment() {
        RestClient.create("http://localhost:" + port).get().uri("/payments/" + order)
                .exchange((request, response) -> assertThat(response.getStatusCode().value()).isEqualTo(404));
    }

    @Test
    void commandsThatComeAgainWhenTheInboxHasForgottenThemAreAnsweredWithoutTheGateway() {
        answerTo(send(new AuthorizePayment(order, AMOUNT, VISA)));
        answerTo(send(new CapturePayment(order)));
        JsonNode before = view();
        Set<String> keys = keys();
        long answers = answers();

        SetBack.behindTheInbox(service);

        await().untilAsserted(() -> assertThat(answers()).isEqualTo(2 * answers));
        await().until(() -> openCalls() == 0);
        assertThat(keys()).isEqualTo(keys).hasSize(2);
        assertThat(view()).isEqualTo(before);
    }

    /** Calls about this order by their keys: one that is tried again keeps its own. */
    private Set<String> keys() {
        return GATEWAY.findAll(postRequestedFor(urlMatching("/gateway/.*"))).stream()
                .filter(request -> (request.getUrl() + request.getBodyAsString()).contains(order.toString()))
                .map(request -> request.getHeader("Idempotency-Key")).collect(toSet());
    }

    private long answers() {
        return jdbc.sql("select count(*) from outbox where message_key = ? and sequence is not null")
                .param(order.toString()).query(Long.class).single();
    }

    private MessageId send(Command<?> command) {
        MessageId id = Ids.nextMessageId();
        transaction.executeWithoutResult(status -> outbox.send(sender, saga, id, command));
        return id;
    }

    private PaymentEvent answerTo(MessageId command) {
        var answers = await().atMost(Duration.ofSeconds(20))
                .until(() -> jdbc.sql("select type, payload from outbox where causation_id = ?").param(command.value())
                        .query((row, number) -> read(row.getString("type"), row.getString("payload"))).list(),
                        found -> !found.isEmpty());
        assertThat(answers).hasSize(1);
        return answers.getFirst();
    }

    private static PaymentEvent read(String type, String payload) {
        Contracts.assertValid(type, payload);
        return (PaymentEvent) MessageJson
                .read(payload.getBytes(StandardCharsets.UTF_8), MessageTypes.find(type).orElseThrow());
    }

    private long openCalls() {
        return jdbc.sql("select count(*) from outside_call where order_id = ?").param(order.value()).query(Long.class)
                .single();
    }

    private JsonNode view() {
        JsonNode body = RestClient.create("http://localhost:" + port).get().uri("/payments/" + order).retrieve()
                .body(JsonNode.class);
        assertThat(body).isNotNull();
        return body;
    }

    private String reference() {
        return "auth-" + order;
    }

    private static ResponseDefinitionBuilder json(int status, String body) {
        return aResponse().withStatus(status).withHeader("Content-Type", "application/json").withBody(body);
    }

    private static ResponseDefinitionBuilder problem(int status, String code) {
        return aResponse().withStatus(status).withHeader("Content-Type", "application/problem+json")
                .withBody("{\"title\": \"no\", \"status\": %d, \"code\": \"%s\"}".formatted(status, code));
    }
}
