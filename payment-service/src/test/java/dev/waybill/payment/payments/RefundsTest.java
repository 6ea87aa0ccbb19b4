package dev.waybill.payment.payments;

import com.github.tomakehurst.wiremock.client.WireMock;
import dev.waybill.events.MessageId;
import dev.waybill.events.Money;
import dev.waybill.events.PaymentCommand.AuthorizePayment;
import dev.waybill.events.PaymentCommand.CapturePayment;
import dev.waybill.events.PaymentCommand.RefundPayment;
import dev.waybill.events.PaymentEvent.PaymentRefunded;
import dev.waybill.events.PaymentEvent.RefundRefusal;
import dev.waybill.events.PaymentEvent.RefundRefused;
import dev.waybill.events.RefundId;
import dev.waybill.messaging.Ids;
import dev.waybill.payment.payments.ChangeJson.Stored;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Money is given back: because a saga says so, or an operator. */
class RefundsTest extends PaymentScenario {

    private static final JsonMapper JSON = JsonMapper.shared();

    @Test
    void aSagaHasPartsGivenBackAndThenTheRest() {
        capture();
        RefundId part = new RefundId(Ids.next());
        RefundId rest = new RefundId(Ids.next());
        assertThat(answerTo(send(new RefundPayment(order, part, eur(5_998)))))
                .isEqualTo(new PaymentRefunded(order, part, eur(5_998), eur(5_998)));
        assertThat(view().path("status").asString()).isEqualTo("PARTIALLY_REFUNDED");
        assertThat(view().at("/refunded/amountMinor").asLong()).isEqualTo(5_998);
        assertThat(answerTo(send(new RefundPayment(order, rest, null))))
                .isEqualTo(new PaymentRefunded(order, rest, eur(20_000), AMOUNT));
        assertThat(view().path("status").asString()).isEqualTo("REFUNDED");
        assertThat(answerTo(send(new RefundPayment(order, part, eur(5_998)))))
                .isEqualTo(new PaymentRefunded(order, part, eur(5_998), AMOUNT));
        // Authorized, captured, and two refunds: what was asked again did not reach the gateway.
        assertThat(keys()).hasSize(4);
    }

    @Test
    void moreThanWasCapturedIsRefused() {
        RefundId refund = new RefundId(Ids.next());
        assertThat(answerTo(send(new RefundPayment(order, refund, null))))
                .isEqualTo(new RefundRefused(order, refund, RefundRefusal.NOT_CAPTURED));
        capture();
        assertThat(answerTo(send(new RefundPayment(order, refund, eur(25_999)))))
                .isEqualTo(new RefundRefused(order, refund, RefundRefusal.EXCEEDS_CAPTURED));
    }

    @Test
    void whatTheGatewayRefusesIsRefusedAndMayBeAskedForAgainUnderAnotherKey() {
        capture();
        RefundId refund = new RefundId(Ids.next());
        String path = "/gateway/authorizations/%s/refunds".formatted(reference());
        var refusing = GATEWAY.stubFor(WireMock.post(path).willReturn(problem(409, "REFUND_EXCEEDS_CAPTURE")));
        assertThat(answerTo(send(new RefundPayment(order, refund, eur(10)))))
                .isEqualTo(new RefundRefused(order, refund, RefundRefusal.EXCEEDS_CAPTURED));
        GATEWAY.removeStub(refusing);
        assertThat(answerTo(send(new RefundPayment(order, refund, eur(10)))))
                .isEqualTo(new PaymentRefunded(order, refund, eur(10), eur(10)));
        assertThat(keys()).hasSize(4);
    }

    @Test
    void anOperatorGivesMoneyBackAndItIsToldWithoutASaga() {
        capture();
        Answered asked = refund(Ids.next().toString(), "{\"amount\": %s, \"reason\": \"one cup was broken\"}"
                .formatted(json(1_000)));
        assertThat(asked.status()).isEqualTo(202);
        assertThat(asked.body().path("status").asString()).isEqualTo("PENDING");
        assertThat(asked.body().at("/amount/amountMinor").asLong()).isEqualTo(1_000);
        assertThat(asked.body().path("requestedBy").asString()).isEqualTo("olga");
        assertThat(asked.location()).endsWith(asked.body().path("id").asString());
        await().untilAsserted(() -> assertThat(get(String.valueOf(asked.location())).body().path("status").asString())
                .isEqualTo("REFUNDED"));
        assertThat(get("/payments/%s/refunds".formatted(order)).body().path("items")).hasSize(1);
        assertThat(jdbc.sql("""
                select count(*) from outbox where message_key = ? and type = 'dev.waybill.payment.refunded.v1'
                   and causation_id is null and saga_id is null""").param(order.toString()).query(Long.class).single())
                .isEqualTo(1);
        assertThat(get("/payments/%s/refunds/%s".formatted(order, Ids.next())).status()).isEqualTo(404);
    }

    @Test
    void theSameRequestGivesBackOnce() {
        capture();
        String key = Ids.next().toString();
        String body = "{\"amount\": %s, \"reason\": \"broken\"}".formatted(json(20_000));
        JsonNode first = refund(key, body).body();
        Answered again = refund(key, body);
        assertThat(again.status()).isEqualTo(202);
        assertThat(again.body()).isEqualTo(first);
        assertThat(refund(key, body.replace("broken", "lost")).status()).isEqualTo(422);
        assertThat(get("/payments/%s/refunds".formatted(order)).body().path("items")).hasSize(1);
    }

    @Test
    void whatCannotBeGivenBackIsRefusedInWords() {
        String key = Ids.next().toString();
        String wish = "{\"amount\": %s, \"reason\": \"broken\"}";
        assertRefused(refund(key, wish.formatted(json(1))), 404, "payment-not-found");
        answerTo(send(new AuthorizePayment(order, AMOUNT, VISA)));
        assertRefused(refund(key, wish.formatted(json(1))), 409, "payment-not-captured");
        answerTo(send(new CapturePayment(order)));
        assertRefused(refund(key, wish.formatted(json(25_999))), 409, "refund-exceeds-captured");
        assertRefused(refund(key, wish.formatted(json(0))), 422, "nothing-to-refund");
        assertRefused(refund(key, wish.formatted("{\"amountMinor\": 1, \"currency\": \"USD\"}")), 422,
                "other-currency");
        assertRefused(refund(key, wish.formatted(json(-1))), 400, "invalid-request");
        assertRefused(refund(key, wish.formatted("null")), 400, "invalid-request");
        assertRefused(refund(key, "{\"amount\": %s}".formatted(json(1))), 400, "invalid-request");
        assertRefused(refund(key, "{\"amount\": %s, \"reason\": \"a\\u0000b\"}".formatted(json(1))), 400,
                "invalid-request");
        assertRefused(refund(key, "{\"amount\": %s, \"reason\": \"a\", \"to\": \"me\"}".formatted(json(1))), 400,
                "invalid-request");
        assertRefused(post("/payments/%s/refunds".formatted(order), wish.formatted(json(1))), 400,
                "idempotency-key-missing");
        assertThat(answers()).isEqualTo(2);
        assertThat(get("/payments/%s/refunds".formatted(order)).body().path("items")).isEmpty();
    }

    @Test
    void ofThoseThatTogetherExceedTheCaptureExactlyThoseThatFitWin() throws InterruptedException, ExecutionException {
        capture();
        // None is done before all are asked for: it is what is under way that has to count.
        silentAbout("refunds");
        String body = "{\"amount\": %s, \"reason\": \"all at once\"}".formatted(json(8_000));
        var go = new CountDownLatch(1);
        List<Future<Answered>> asked = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Answered> one = () -> {
                go.await();
                return refund(Ids.next().toString(), body);
            };
            for (int i = 0; i < 12; i++) {
                asked.add(threads.submit(one));
            }
            go.countDown();
        }
        List<Integer> statuses = new ArrayList<>();
        for (Future<Answered> each : asked) {
            statuses.add(each.get().status());
        }
        assertThat(statuses).filteredOn(status -> status == 202).hasSize(3);
        assertThat(statuses).filteredOn(status -> status == 409).hasSize(9);
        GATEWAY.resetMappings();
        gatewaySaysYes();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(view().at("/refunded/amountMinor").asLong()).isEqualTo(24_000));
        assertThat(openCalls()).isZero();
    }

    @Test
    void aRefundInDoubtIsSeenAndStaysTaken() {
        capture();
        silentAbout("refunds");
        RefundId refund = new RefundId(Ids.next());
        MessageId asked = send(new RefundPayment(order, refund, eur(20_000)));
        await().ignoreExceptions()
                .untilAsserted(() -> assertThat(view().path("status").asString()).isEqualTo("UNKNOWN"));
        assertThat(get("/payments/%s/refunds/%s".formatted(order, refund)).body().path("status").asString())
                .isEqualTo("UNKNOWN");
        assertRefused(refund(Ids.next().toString(), "{\"amount\": %s, \"reason\": \"more\"}".formatted(json(6_000))),
                409, "refund-exceeds-captured");
        GATEWAY.resetMappings();
        gatewaySaysYes();
        assertThat(answerTo(asked)).isEqualTo(new PaymentRefunded(order, refund, eur(20_000), eur(20_000)));
    }

    @Test
    void whatIsServedIsWhatItsStreamComesTo() {
        capture();
        answerTo(send(new RefundPayment(order, new RefundId(Ids.next()), eur(1))));
        answerTo(send(new RefundPayment(order, new RefundId(Ids.next()), null)));
        List<String> types = new ArrayList<>();
        PaymentState state = PaymentState.NEW;
        String next = "/payments/%s/events?limit=3".formatted(order);
        while (!next.isEmpty()) {
            JsonNode page = get(next).body();
            for (JsonNode item : page.path("items")) {
                String type = item.path("type").asString();
                types.add(type);
                assertThat(item.path("version").asLong()).isEqualTo(types.size());
                state = state.evolve(ChangeJson.read(new Stored(type, 1, item.path("data").toString())));
            }
            next = page.path("next").isNull()
                    ? ""
                    : "/payments/%s/events?limit=3&cursor=%s".formatted(order, page.path("next").asString());
        }
        // A gateway may be slow now and then.
        assertThat(types).filteredOn(type -> !type.equals("OutcomeInDoubt")).containsExactly("AuthorizationRequested",
                "Authorized", "CaptureRequested", "Captured",
                "RefundRequested", "Refunded", "RefundRequested", "Refunded");
        assertThat(JSON.readTree(JSON.writeValueAsString(PaymentView.from(order, state)))).isEqualTo(view());
        assertThat(jdbc.sql("select snapshot_version from payment where order_id = ?").param(order.value())
                .query(Long.class).single()).isPositive();
        assertThat(get("/payments/%s/events".formatted(Ids.next())).status()).isEqualTo(404);
    }

    private void assertRefused(Answered answer, int status, String code) {
        assertThat(answer.contentType()).startsWith("application/problem+json");
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.status()).isEqualTo(status);
    }

    private Answered refund(String key, String body) {
        return post("/payments/%s/refunds".formatted(order), body, "Idempotency-Key", key, "X-Operator", "olga");
    }

    private static Money eur(long minor) {
        return Money.of(minor, "EUR");
    }

    private static String json(long minor) {
        return "{\"amountMinor\": %d, \"currency\": \"EUR\"}".formatted(minor);
    }
}
