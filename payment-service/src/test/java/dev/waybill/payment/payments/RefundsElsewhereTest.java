package dev.waybill.payment.payments;

import dev.waybill.events.Money;
import dev.waybill.events.OrderId;
import dev.waybill.events.PaymentEvent;
import dev.waybill.events.PaymentEvent.PaymentRefunded;
import dev.waybill.events.PaymentEvent.RefundRefusal;
import dev.waybill.events.PaymentMethod;
import dev.waybill.events.RefundId;
import dev.waybill.messaging.Ids;
import dev.waybill.payment.payments.ChangeJson.Stored;
import dev.waybill.payment.payments.GatewayAnswer.ToRefund;
import dev.waybill.payment.payments.GatewayWebhook.Kind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Somebody has the gateway give money back without us: a person in its own console, say. It is a fact, and told by a webhook
 * that has another key than any call of ours, or none.
 */
class RefundsElsewhereTest {

    private final OrderId order = new OrderId(Ids.next());
    private final Answering gateway = new Answering();
    private final PaymentInMemory payment = new PaymentInMemory(order, gateway, 4);
    private final RefundId ours = new RefundId(Ids.next());

    @Test
    void itIsARefundLikeAnyOther() {
        capture();

        told("w-1", 30, null);

        assertThat(payment.served().refunded()).isEqualTo(eur(30));
        assertThat(payment.served().refundable()).isEqualTo(eur(70));
        assertThat(payment.served().status()).isEqualTo(PaymentStatus.PARTIALLY_REFUNDED);
        Refund refund = payment.served().refunds().getFirst();
        assertThat(refund.requestedBy()).isEqualTo(Refund.ELSEWHERE);
        assertThat(last()).isEqualTo(new PaymentRefunded(order, refund.id(), eur(30), eur(30)));
    }

    @Test
    void itIsRecordedOnceHoweverOftenItIsToldAlsoWhenTheWebhooksAreForgotten() {
        capture();
        told("w-1", 30, null);
        told("w-2", 30, "console-7");

        payment.forgetWebhooks();
        told("w-1", 30, null);
        told("w-2", 30, "console-7");

        assertThat(payment.served().refunded()).isEqualTo(eur(60));
    }

    @Test
    void itDoesNotSettleOursOfTheSameAmount() {
        capture();
        refund(eur(30));

        told("w-1", 30, "console-7");

        assertThat(payment.served().refund(ours).orElseThrow().underWay()).isTrue();
        payment.makeNextCall();
        assertThat(last()).isEqualTo(new PaymentRefunded(order, ours, eur(30), eur(60)));
        told("w-2", 30, gateway.key());
        assertThat(payment.served().refunded()).isEqualTo(eur(60));
    }

    @Test
    void whatIsUnderWayHoldsNoMoreThanWhatIsLeft() {
        capture();
        refund(eur(80));

        told("w-1", 50, null);

        assertThat(payment.served().refunding()).isEqualTo(eur(50));
        assertThat(payment.served().refundable()).isEqualTo(eur(0));
        gateway.answer = new GatewayAnswer.RefundNotPossible(RefundRefusal.EXCEEDS_CAPTURED);
        payment.makeNextCall();
        assertThat(last()).isEqualTo(new PaymentEvent.RefundRefused(order, ours, RefundRefusal.EXCEEDS_CAPTURED));
        assertThat(payment.served().refundable()).isEqualTo(eur(50));
    }

    @Test
    void whatTheGatewayWasAskedForDoesNotChangeAndAskedAnewItIsWhatIsLeft() {
        capture();
        refund(null);
        assertThat(allThatIsLeft()).isEqualTo(eur(100));

        told("w-1", 50, null);

        assertThat(allThatIsLeft()).isEqualTo(eur(100));
        gateway.answer = new GatewayAnswer.RefundNotPossible(RefundRefusal.EXCEEDS_CAPTURED);
        payment.makeNextCall();
        gateway.answer = null;
        refund(null);
        payment.makeNextCall();
        assertThat(last()).isEqualTo(new PaymentRefunded(order, ours, eur(50), eur(100)));
        assertThat(payment.served().status()).isEqualTo(PaymentStatus.REFUNDED);
    }

    @Test
    void toldBeforeTheCaptureIsKnownItCountsFromThatOn() {
        authorize();
        payment.decide(3, known -> known.decider().capture());

        told("w-1", 100, null);

        assertThat(payment.served().status()).isEqualTo(PaymentStatus.CAPTURING);
        assertThat(payment.served().refunded()).isEqualTo(eur(0));
        payment.makeNextCall();
        assertThat(payment.served().status()).isEqualTo(PaymentStatus.REFUNDED);
        assertThat(payment.served().refunded()).isEqualTo(eur(100));
        assertThat(payment.served().refundable()).isEqualTo(eur(0));
    }

    @Test
    void whatCannotBeChangesNothing() {
        authorize();
        payment.decide(3, known -> known.decider().voidAuthorization());
        payment.makeNextCall();
        told("w-1", 30, null);
        assertThat(contradictions()).isEqualTo(1);
        assertThat(payment.served().refunds()).isEmpty();
    }

    @Test
    void moreThanWasCapturedCannotBe() {
        capture();
        told("w-1", 60, null);
        told("w-2", 41, null);
        payment.taking.take(
                new GatewayWebhook("w-3", Kind.REFUND, "auth-1", order.toString(), Money.of(1, "USD"), null),
                "{}");
        payment.taking.take(new GatewayWebhook("w-4", Kind.REFUND, "auth-2", order.toString(), eur(1), null), "{}");
        assertThat(contradictions()).isEqualTo(3);
        assertThat(payment.served().refunded()).isEqualTo(eur(60));
    }

    private void authorize() {
        payment.decide(1, known -> known.decider().authorize(eur(100), new PaymentMethod("pm_card_visa")));
        payment.makeNextCall();
    }

    private void capture() {
        authorize();
        payment.decide(2, known -> known.decider().capture());
        payment.makeNextCall();
    }

    private void refund(@Nullable Money amount) {
        payment.decide(4, known -> known.refunds().refund(ours, amount, null, null));
    }

    private void told(String id, long minor, @Nullable String key) {
        payment.taking.take(new GatewayWebhook(id, Kind.REFUND, "auth-1", order.toString(), eur(minor), key), "{}");
    }

    private Money allThatIsLeft() {
        PaymentState state = payment.served();
        return state.amountOf(state.refund(ours).orElseThrow());
    }

    private Object last() {
        return payment.said.getLast().event();
    }

    private double contradictions() {
        return payment.meters.counter("gateway.webhooks", "effect", "CONTRADICTS").count();
    }

    private static Money eur(long minor) {
        return Money.of(minor, "EUR");
    }

    /** Does as it is asked, unless it is told what to say to a refund. */
    private static final class Answering implements Gateway {

        private @Nullable ToRefund answer;
        private @Nullable UUID lastKey;

        String key() {
            return String.valueOf(lastKey);
        }

        @Override
        public GatewayAnswer.ToAuthorization authorize(UUID key, OrderId orderId, Money amount, PaymentMethod method) {
            return new GatewayAnswer.Authorized("auth-1");
        }

        @Override
        public GatewayAnswer.ToVoid voidAuthorization(UUID key, String reference) {
            return new GatewayAnswer.Voided();
        }

        @Override
        public GatewayAnswer.ToCapture capture(UUID key, String reference, Money amount) {
            return new GatewayAnswer.Captured();
        }

        @Override
        public ToRefund refund(UUID key, String reference, Money amount) {
            lastKey = key;
            return answer == null ? new GatewayAnswer.Refunded(amount, key.toString()) : answer;
        }
    }
}
