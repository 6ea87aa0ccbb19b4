package dev.waybill.payment.payments;

import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.waybill.events.MessageId;
import dev.waybill.events.PaymentCommand.AuthorizePayment;
import dev.waybill.events.PaymentCommand.CapturePayment;
import dev.waybill.events.PaymentCommand.VoidPayment;
import dev.waybill.events.PaymentEvent.CaptureRefusal;
import dev.waybill.events.PaymentEvent.CaptureRefused;
import dev.waybill.events.PaymentEvent.DeclineReason;
import dev.waybill.events.PaymentEvent.PaymentAuthorized;
import dev.waybill.events.PaymentEvent.PaymentCaptured;
import dev.waybill.events.PaymentEvent.PaymentDeclined;
import dev.waybill.events.PaymentEvent.PaymentVoided;
import dev.waybill.testing.SetBack;
import io.micrometer.core.instrument.Timer;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Set;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlMatching;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** Commands in over a real Kafka, events out into a real outbox, and a gateway that answers over HTTP. */
class PaymentConversationTest extends PaymentScenario {

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
        GATEWAY.stubFor(WireMock.post("/gateway/authorizations")
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
        var cutOff = GATEWAY.stubFor(WireMock.post("/gateway/authorizations")
                .willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
        MessageId authorize = send(new AuthorizePayment(order, AMOUNT, VISA));
        await().ignoreExceptions()
                .untilAsserted(() -> assertThat(view().path("status").asString()).isEqualTo("UNKNOWN"));
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

    @Test
    void whatHasExpiredIsHeldAnewUnderItsOwnKeyAndTheSagaSeesOneAnswer() {
        answerTo(send(new AuthorizePayment(order, AMOUNT, VISA)));
        GATEWAY.stubFor(WireMock.post("/gateway/authorizations/%s/captures".formatted(reference()))
                .willReturn(problem(409, "AUTHORIZATION_EXPIRED")));
        GATEWAY.stubFor(WireMock.post("/gateway/authorizations")
                .willReturn(json(201, "{\"reference\": \"renewed-%s\"}".formatted(order))));
        MessageId capture = send(new CapturePayment(order));
        assertThat(answerTo(capture)).isEqualTo(new PaymentCaptured(order, AMOUNT, "renewed-" + order));
        assertThat(answers()).isEqualTo(2);
        assertThat(view().path("gatewayReference").asString()).isEqualTo("renewed-" + order);
        List<String> keys = GATEWAY.findAll(postRequestedFor(urlEqualTo("/gateway/authorizations"))).stream()
                .filter(request -> request.getBodyAsString().contains(order.toString()))
                .map(request -> request.getHeader("Idempotency-Key")).distinct().toList();
        assertThat(keys).hasSize(2);
    }

    @Test
    void whatHasExpiredAndIsDeclinedThenEndsTheCapture() {
        answerTo(send(new AuthorizePayment(order, AMOUNT, VISA)));
        GATEWAY.stubFor(WireMock.post("/gateway/authorizations/%s/captures".formatted(reference()))
                .willReturn(problem(409, "AUTHORIZATION_EXPIRED")));
        GATEWAY.stubFor(WireMock.post("/gateway/authorizations").willReturn(problem(402, "CARD_DECLINED")));
        assertThat(answerTo(send(new CapturePayment(order))))
                .isEqualTo(new CaptureRefused(order, CaptureRefusal.AUTHORIZATION_EXPIRED));
        assertThat(view().path("status").asString()).isEqualTo("VOIDED");
        assertThat(view().at("/authorized/amountMinor").asLong()).isZero();
    }

    @Test
    void whileTheBreakerIsOpenTheSagaWaitsThePaymentIsNotInDoubtAndItCanBeSeenWhy() {
        breakers.circuitBreaker("gateway").transitionToForcedOpenState();
        MessageId authorize = send(new AuthorizePayment(order, AMOUNT, VISA));
        await().untilAsserted(() -> {
            JsonNode waiting = get("/operations/outside-calls?orderId=" + order).body();
            assertThat(waiting.at("/items/0/kind").asString()).isEqualTo("payment.authorize");
            assertThat(waiting.at("/items/0/attempts").asInt()).isGreaterThan(1);
            assertThat(waiting.at("/items/0/lastError").asString()).contains("gateway is not asked for now");
            assertThat(waiting.at("/breakers/0/name").asString()).isEqualTo("gateway");
            assertThat(waiting.at("/breakers/0/state").asString()).isEqualTo("FORCED_OPEN");
        });
        assertThat(view().path("status").asString()).isEqualTo("PENDING");
        assertThat(answers()).isZero();
        String metrics = RestClient.create("http://localhost:" + port).get().uri("/actuator/prometheus").retrieve()
                .body(String.class);
        assertThat(metrics).containsPattern("resilience4j_circuitbreaker_state\\{.*name=\"gateway\".*} 1");

        breakers.circuitBreaker("gateway").transitionToClosedState();

        assertThat(answerTo(authorize)).isEqualTo(new PaymentAuthorized(order, AMOUNT, reference()));
        assertThat(get("/operations/outside-calls?orderId=" + order).body().path("items")).isEmpty();
    }

    @Test
    void whatTheGatewayDoesNotUnderstandStaysOpenAndIsSeen() {
        GATEWAY.stubFor(WireMock.post("/gateway/authorizations").willReturn(problem(422, "UNKNOWN_FIELD")));
        MessageId authorize = send(new AuthorizePayment(order, AMOUNT, VISA));
        await().untilAsserted(() -> assertThat(
                get("/operations/outside-calls?orderId=" + order).body().at("/items/0/lastError").asString())
                .contains("422 UNKNOWN_FIELD"));
        GATEWAY.resetMappings();
        gatewaySaysYes();
        answerTo(authorize);
    }
}
