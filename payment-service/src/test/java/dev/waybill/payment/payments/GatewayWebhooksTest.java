package dev.waybill.payment.payments;

import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.waybill.defaults.webhooks.WebhookSignature;
import dev.waybill.events.MessageId;
import dev.waybill.events.Money;
import dev.waybill.events.PaymentCommand.AuthorizePayment;
import dev.waybill.events.PaymentCommand.CapturePayment;
import dev.waybill.events.PaymentCommand.RefundPayment;
import dev.waybill.events.PaymentCommand.VoidPayment;
import dev.waybill.events.PaymentEvent.PaymentAuthorized;
import dev.waybill.events.PaymentEvent.PaymentCaptured;
import dev.waybill.events.PaymentEvent.PaymentRefunded;
import dev.waybill.events.PaymentEvent.PaymentVoided;
import dev.waybill.events.RefundId;
import dev.waybill.messaging.Ids;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;

import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlMatching;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What the gateway tells by itself: before its answer, instead of it, after it, twice, in any order, or not by the gateway. */
class GatewayWebhooksTest extends PaymentScenario {

    private static final WebhookSignature SIGNATURE = new WebhookSignature("gateway-secret");

    @Test
    void oneThatComesBeforeTheAnswerIsTheAnswer() {
        AtomicInteger told = tellingBeforeTheAnswer(key -> tell("w-1", "AUTHORIZE", reference(), AMOUNT, key));
        MessageId authorize = send(new AuthorizePayment(order, AMOUNT, VISA));
        await().untilAsserted(() -> assertThat(told).hasValue(204));

        assertThat(openCalls()).isZero();
        assertThat(answerTo(authorize)).isEqualTo(new PaymentAuthorized(order, AMOUNT, reference()));
        assertThat(effectOf("w-1")).isEqualTo("SETTLED");
        await().during(Duration.ofMillis(600)).untilAsserted(() -> assertThat(answers()).isEqualTo(1));
        assertThat(view().path("status").asString()).isEqualTo("AUTHORIZED");
    }

    @Test
    void oneThatComesInsteadOfAnAnswerResolvesTheDoubt() {
        answerTo(send(new AuthorizePayment(order, AMOUNT, VISA)));
        silentAbout("captures");
        MessageId capture = send(new CapturePayment(order));
        await().ignoreExceptions()
                .untilAsserted(() -> assertThat(view().path("status").asString()).isEqualTo("UNKNOWN"));

        tell("w-2", "CAPTURE", reference(), AMOUNT, keyOf("captures"));

        assertThat(answerTo(capture)).isEqualTo(new PaymentCaptured(order, AMOUNT, reference()));
        assertThat(view().path("status").asString()).isEqualTo("CAPTURED");
        assertThat(openCalls()).isZero();
    }

    @Test
    void theAnswerThatItGivesStaysInTheSagaOfTheCommand() {
        answerTo(send(new AuthorizePayment(order, AMOUNT, VISA)));
        silentAbout("captures");
        MessageId capture = send(new CapturePayment(order));
        await().until(() -> asked("/gateway/authorizations/%s/captures".formatted(reference())) > 0);
        tell("w-2", "CAPTURE", reference(), AMOUNT, keyOf("captures"));
        assertThat(jdbc.sql("select saga_id from outbox where causation_id = ?").param(capture.value())
                .query(UUID.class).single()).isEqualTo(saga.value());
    }

    @Test
    void oneThatComesAfterTheAnswerAndOneThatComesTwiceChangeNothing() {
        capture();
        long duplicates = (long) meters.counter("gateway.webhooks", "effect", "DUPLICATE").count();
        assertThat(tell("w-2", "CAPTURE", reference(), AMOUNT, keyOf("captures"))).isEqualTo(204);
        assertThat(tell("w-1", "AUTHORIZE", reference(), AMOUNT, keyOf(""))).isEqualTo(204);
        assertThat(tell("w-2", "CAPTURE", reference(), AMOUNT, keyOf("captures"))).isEqualTo(204);
        assertThat(effectOf("w-1")).isEqualTo("KNOWN");
        assertThat(effectOf("w-2")).isEqualTo("KNOWN");
        assertThat(answers()).isEqualTo(2);
        assertThat(meters.counter("gateway.webhooks", "effect", "DUPLICATE").count()).isEqualTo(duplicates + 1.0);
    }

    @Test
    void inWhicheverOrderTheyComeAVoidIsAVoid() {
        answerTo(send(new AuthorizePayment(order, AMOUNT, VISA)));
        silentAbout("voids");
        MessageId voiding = send(new VoidPayment(order));
        await().until(() -> asked("/gateway/authorizations/%s/voids".formatted(reference())) > 0);
        tell("w-2", "VOID", reference(), AMOUNT, keyOf("voids"));
        tell("w-1", "AUTHORIZE", reference(), AMOUNT, keyOf(""));
        assertThat(answerTo(voiding)).isEqualTo(new PaymentVoided(order, reference()));
        assertThat(effectOf("w-2")).isEqualTo("SETTLED");
        assertThat(effectOf("w-1")).isEqualTo("KNOWN");
        assertThat(view().path("status").asString()).isEqualTo("VOIDED");
    }

    @Test
    void ofTwoRefundsOfTheSameAmountEachIsKnownByItsKey() {
        capture();
        Money part = Money.of(500, "EUR");
        answerTo(send(new RefundPayment(order, new RefundId(Ids.next()), part)));
        String firstKey = keyOf("refunds");
        silentAbout("refunds");
        RefundId second = new RefundId(Ids.next());
        MessageId refund = send(new RefundPayment(order, second, part));
        await().ignoreExceptions()
                .untilAsserted(() -> assertThat(view().path("status").asString()).isEqualTo("UNKNOWN"));

        // That is the first one, late.
        tell("w-3", "REFUND", reference(), part, firstKey);
        assertThat(effectOf("w-3")).isEqualTo("KNOWN");
        assertThat(answers()).isEqualTo(3);

        tell("w-4", "REFUND", reference(), part, keyOf("refunds"));
        assertThat(effectOf("w-4")).isEqualTo("SETTLED");
        assertThat(answerTo(refund)).isEqualTo(new PaymentRefunded(order, second, part, Money.of(1_000, "EUR")));
    }

    @Test
    void aRefundThatSomebodyElseMadeIsNotOursButIsAFact() {
        capture();
        Money part = Money.of(500, "EUR");
        silentAbout("refunds");
        RefundId ours = new RefundId(Ids.next());
        MessageId refund = send(new RefundPayment(order, ours, part));
        await().ignoreExceptions()
                .untilAsserted(() -> assertThat(view().path("status").asString()).isEqualTo("UNKNOWN"));

        tell("w-3", "REFUND", reference(), part, "made in the console");

        assertThat(effectOf("w-3")).isEqualTo("MADE_ELSEWHERE");
        assertThat(openCalls()).isEqualTo(1);
        assertThat(view().path("status").asString()).isEqualTo("UNKNOWN");
        assertThat(view().at("/refunded/amountMinor").asLong()).isEqualTo(500);

        tell("w-4", "REFUND", reference(), part, keyOf("refunds"));
        assertThat(effectOf("w-4")).isEqualTo("SETTLED");
        assertThat(answerTo(refund)).isEqualTo(new PaymentRefunded(order, ours, part, Money.of(1_000, "EUR")));
        assertThat(view().path("status").asString()).isEqualTo("PARTIALLY_REFUNDED");
    }

    @Test
    void aHoldThatSomebodyElseAskedForIsNotOurs() {
        AtomicInteger told = tellingBeforeTheAnswer(
                key -> tell("w-1", "AUTHORIZE", "theirs-" + order, AMOUNT, "made in the console"));
        MessageId authorize = send(new AuthorizePayment(order, AMOUNT, VISA));
        await().untilAsserted(() -> assertThat(told).hasValue(204));

        assertThat(effectOf("w-1")).isEqualTo("CONTRADICTS");
        assertThat(answerTo(authorize)).isEqualTo(new PaymentAuthorized(order, AMOUNT, reference()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"captures", "voids"})
    void whatSomebodyElseHasDoneIsNotTheAnswerToOurCallWhichGetsItsOwn(String what) {
        answerTo(send(new AuthorizePayment(order, AMOUNT, VISA)));
        StubMapping silent = silentAbout(what);
        boolean capture = what.equals("captures");
        MessageId command = send(capture ? new CapturePayment(order) : new VoidPayment(order));
        await().ignoreExceptions()
                .untilAsserted(() -> assertThat(view().path("status").asString()).isEqualTo("UNKNOWN"));

        tell("w-2", capture ? "CAPTURE" : "VOID", reference(), AMOUNT, Ids.next().toString());

        assertThat(effectOf("w-2")).isEqualTo("CONTRADICTS");
        assertThat(openCalls()).isEqualTo(1);
        GATEWAY.removeStub(silent);
        if (capture) {
            GATEWAY.stubFor(WireMock.post(urlMatching(".*" + reference() + "/captures"))
                    .willReturn(problem(409, "ALREADY_CAPTURED")));
        }
        assertThat(answerTo(command)).isEqualTo(
                capture ? new PaymentCaptured(order, AMOUNT, reference()) : new PaymentVoided(order, reference()));
    }

    @Test
    void whatDoesNotGoTogetherWithWhatIsKnownIsKeptAndChangesNothing() {
        capture();
        tell("w-7", "AUTHORIZE", "second-" + order, AMOUNT, "another");
        tell("w-8", "VOID", reference(), AMOUNT, "another");
        tell("w-9", "REFUND", reference(), AMOUNT.plus(AMOUNT), "another");
        assertThat(effectOf("w-7")).isEqualTo("CONTRADICTS");
        assertThat(effectOf("w-8")).isEqualTo("CONTRADICTS");
        assertThat(effectOf("w-9")).isEqualTo("CONTRADICTS");
        assertThat(answers()).isEqualTo(2);
        assertThat(view().path("gatewayReference").asString()).isEqualTo(reference());
        assertThat(meters.counter("gateway.webhooks", "effect", "CONTRADICTS").count()).isGreaterThanOrEqualTo(3);
    }

    @Test
    void oneAboutAnOrderThatNobodyKnowsIsKept() {
        assertThat(tell("w-1", "AUTHORIZE", reference(), AMOUNT, "nobody's")).isEqualTo(204);
        assertThat(effectOf("w-1")).isEqualTo("UNKNOWN_PAYMENT");
        assertThat(get("/payments/" + order).status()).isEqualTo(404);
        String foreign = "foreign-" + order;
        assertThat(signed("{\"id\": \"%s\", \"kind\": \"CAPTURE\", \"reference\": \"r\", \"orderId\": \"W-42\"}"
                .formatted(foreign))).isEqualTo(204);
        assertThat(jdbc.sql("select effect from gateway_webhook where id = ?").param(foreign).query(String.class)
                .single()).isEqualTo("UNKNOWN_PAYMENT");
    }

    @Test
    void oneOfAKindThatIsNotKnownIsKept() {
        capture();
        tell("w-5", "CHARGEBACK", reference(), AMOUNT, "another");
        assertThat(effectOf("w-5")).isEqualTo("NOT_UNDERSTOOD");
    }

    @Test
    void thoseThatDoNotComeAgainAreNotKeptForEver() {
        capture();
        tell("w-1", "AUTHORIZE", reference(), AMOUNT, keyOf(""));
        tell("w-2", "CAPTURE", reference(), AMOUNT, keyOf("captures"));
        jdbc.sql("update gateway_webhook set received_at = received_at - interval '30 days' where id = ?")
                .param(order + "-w-1").update();
        await().untilAsserted(() -> assertThat(jdbc.sql("select id from gateway_webhook where order_id = ?")
                .param(order.value()).query(String.class).list()).containsExactly(order + "-w-2"));
    }

    @Test
    void oneThatIsForgedIsRefusedAndNotKept() {
        answerTo(send(new AuthorizePayment(order, AMOUNT, VISA)));
        String body = body("w-2", "CAPTURE", reference(), AMOUNT, keyOf(""));
        long now = Instant.now().getEpochSecond();
        Answered refused = post("/gateway-webhooks", body, WebhookSignature.TIMESTAMP_HEADER, "" + now,
                WebhookSignature.HEADER, new WebhookSignature("guessed").of(now, bytes(body)));
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.contentType()).startsWith("application/problem+json");
        assertThat(jdbc.sql("select count(*) from gateway_webhook where order_id = ?").param(order.value())
                .query(Long.class).single()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "{\"kind\": \"CAPTURE\"}", "{\"id\": \"\"}", "{\"id\": \"a\\u0000b\"}",
            "{\"id\": \"x\", \"reference\": \"a\\u0000b\"}",
            "{\"id\": \"x\", \"amount\": {\"amountMinor\": -1, \"currency\": \"EUR\"}}",
            "{\"id\": \"x\", \"amount\": {\"amountMinor\": 1, \"currency\": \"Taler\"}}"})
    void oneThatMakesNoSenseIsABadRequest(String body) {
        assertThat(signed(body)).isEqualTo(400);
    }

    private long asked(String path) {
        return GATEWAY.findAll(postRequestedFor(urlMatching(path))).stream()
                .filter(request -> (request.getUrl() + request.getBodyAsString()).contains(order.toString())).count();
    }

    /** Webhooks of different orders have different ids. */
    private int tell(String id, String kind, String reference, Money amount, String key) {
        return signed(body(id, kind, reference, amount, key));
    }

    /** What the service says to a webhook that comes while the gateway has been asked to authorize and has not answered yet. */
    private AtomicInteger tellingBeforeTheAnswer(ToIntFunction<String> telling) {
        var said = new AtomicInteger();
        GATEWAY.addMockServiceRequestListener((request, answer) -> {
            if (request.getUrl().equals("/gateway/authorizations")
                    && request.getBodyAsString().contains(order.toString()) && said.compareAndSet(0, 1)) {
                said.set(telling.applyAsInt(request.getHeader("Idempotency-Key")));
            }
        });
        return said;
    }

    /** The one under which our last such call was made. */
    private String keyOf(String what) {
        String path = "/gateway/authorizations" + (what.isEmpty() ? "" : "/" + reference() + "/" + what);
        return GATEWAY.findAll(postRequestedFor(urlMatching(path))).stream()
                .filter(request -> (request.getUrl() + request.getBodyAsString()).contains(order.toString()))
                .max(Comparator.comparing(LoggedRequest::getLoggedDate)).orElseThrow().getHeader("Idempotency-Key");
    }

    private int signed(String body) {
        long now = Instant.now().getEpochSecond();
        return post("/gateway-webhooks", body, WebhookSignature.TIMESTAMP_HEADER, "" + now, WebhookSignature.HEADER,
                SIGNATURE.of(now, bytes(body))).status();
    }

    private String body(String id, String kind, String reference, Money amount, String key) {
        return """
                {"id": "%s-%s", "kind": "%s", "reference": "%s", "orderId": "%s", "status": "DONE",
                 "at": "2026-11-21T14:00:00Z", "amount": {"amountMinor": %d, "currency": "%s"}, "idempotencyKey": "%s"}"""
                .formatted(order, id, kind, reference, order, amount.amountMinor(), amount.currency(), key);
    }

    private String effectOf(String id) {
        return jdbc.sql("select effect from gateway_webhook where id = ?").param(order + "-" + id).query(String.class)
                .single();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
