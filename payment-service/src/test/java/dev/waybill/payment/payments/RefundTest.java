package dev.waybill.payment.payments;

import dev.waybill.events.Money;
import dev.waybill.events.OrderId;
import dev.waybill.events.PaymentEvent.PaymentRefunded;
import dev.waybill.events.PaymentEvent.RefundRefusal;
import dev.waybill.events.PaymentEvent.RefundRefused;
import dev.waybill.events.PaymentMethod;
import dev.waybill.events.RefundId;
import dev.waybill.messaging.Ids;
import dev.waybill.payment.payments.Decision.Answer;
import dev.waybill.payment.payments.Decision.Ask;
import dev.waybill.payment.payments.Decision.Reaction;
import dev.waybill.payment.payments.GatewayAnswer.Authorized;
import dev.waybill.payment.payments.GatewayAnswer.Captured;
import dev.waybill.payment.payments.GatewayAnswer.RefundNotPossible;
import dev.waybill.payment.payments.GatewayAnswer.Refunded;
import dev.waybill.payment.payments.GatewayAnswer.SettledBefore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What is given back of a payment, and what is not. */
class RefundTest {

    private static final GatewayAnswer.ToRefund NO = new RefundNotPossible(RefundRefusal.REFUSED_BY_GATEWAY);

    private final OrderId order = new OrderId(Ids.next());
    private final Payment payment = new Payment(order);
    private final RefundId one = new RefundId(Ids.next());
    private final RefundId two = new RefundId(Ids.next());
    private final RefundId three = new RefundId(Ids.next());

    @Nested
    class OfWhatIsNotCaptured {

        @Test
        void nothingIsGivenBackOfAPaymentThatNobodyKnows() {
            assertThat(refund(one, eur(1))).isEqualTo(refused(one, RefundRefusal.NOT_CAPTURED));
            assertThat(payment.version()).isZero();
        }

        @Test
        void norOfOneThatIsOnlyHeld() {
            authorize();
            assertThat(refund(one, null)).isEqualTo(refused(one, RefundRefusal.NOT_CAPTURED));
        }

        @Test
        void onceItIsCapturedTheSameRefundIsDecidedAnew() {
            authorize();
            refund(one, eur(1));
            capture();
            assertThat(refund(one, eur(1))).isEqualTo(ask(one));
        }
    }

    @Nested
    class OfAHundred {

        OfAHundred() {
            authorize();
            capture();
        }

        @Test
        void aPartIsGivenBack() {
            assertThat(refund(one, eur(30))).isEqualTo(ask(one));
            assertThat(made(one)).isEqualTo(done(one, 30, 30));
            assertThat(payment.state().status()).isEqualTo(PaymentStatus.PARTIALLY_REFUNDED);
            assertThat(payment.state().refundable()).isEqualTo(eur(70));
        }

        @Test
        void allIsGivenBackInParts() {
            refund(one, eur(30));
            made(one);
            refund(two, eur(70));
            assertThat(made(two)).isEqualTo(done(two, 70, 100));
            assertThat(payment.state().status()).isEqualTo(PaymentStatus.REFUNDED);
        }

        @Test
        void moreIsRefused() {
            assertThat(refund(one, eur(101))).isEqualTo(refused(one, RefundRefusal.EXCEEDS_CAPTURED));
            assertThat(refund(one, eur(100))).isEqualTo(ask(one));
        }

        @Test
        void whatIsUnderWayIsTaken() {
            refund(one, eur(60));
            assertThat(refund(two, eur(41))).isEqualTo(refused(two, RefundRefusal.EXCEEDS_CAPTURED));
            assertThat(refund(three, eur(40))).isEqualTo(ask(three));
        }

        @Test
        void whatTheGatewayRefusesIsFreeAgain() {
            refund(one, eur(60));
            assertThat(answered(one, NO)).isEqualTo(refused(one, RefundRefusal.REFUSED_BY_GATEWAY));
            assertThat(refund(two, eur(100))).isEqualTo(ask(two));
        }

        @Test
        void oneThatTheGatewayRefusedIsDecidedAnewAndQueuesUpAgain() {
            refund(one, eur(60));
            answered(one, NO);
            refund(two, eur(50));
            assertThat(refund(one, eur(60))).isEqualTo(refused(one, RefundRefusal.EXCEEDS_CAPTURED));
            assertThat(refund(one, eur(50))).isEqualTo(ask(one));
            assertThat(payment.state().refunds()).extracting(Refund::id).containsExactly(two, one);
        }

        @Test
        void askedAgainWhileItIsUnderWayItWaitsForTheSameRefund() {
            refund(one, eur(60));
            assertThat(refund(one, eur(60))).isEqualTo(ask(one));
            made(one);
            assertThat(answered(one, new SettledBefore())).isEqualTo(done(one, 60, 60));
            assertThat(payment.state().refunded()).isEqualTo(eur(60));
        }

        @Test
        void askedAgainWhenItIsDoneItIsAnsweredAgain() {
            refund(one, eur(60));
            made(one);
            assertThat(refund(one, eur(60))).isEqualTo(done(one, 60, 60));
        }

        @Test
        void anIdIsOfOneAmount() {
            refund(one, eur(60));
            assertThatThrownBy(() -> refund(one, eur(61))).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> refund(one, null)).isInstanceOf(IllegalStateException.class);
            made(one);
            assertThatThrownBy(() -> refund(one, eur(61))).isInstanceOf(IllegalStateException.class);
        }

        @Test
        void inAnotherCurrencyNothingIsGivenBack() {
            assertThatThrownBy(() -> refund(one, Money.of(1, "USD"))).isInstanceOf(IllegalStateException.class);
        }

        @Test
        void nothingIsGivenBackAtOnce() {
            assertThat(refund(one, eur(0))).isEqualTo(done(one, 0, 0));
            assertThat(payment.state().status()).isEqualTo(PaymentStatus.CAPTURED);
        }

        @Test
        void oneThatIsNotAnsweredIsInDoubtAndStaysTaken() {
            refund(one, eur(60));
            decide(payment.refunds().doubt(one));
            assertThat(payment.state().waitsInDoubt()).isTrue();
            assertThat(payment.state().refundable()).isEqualTo(eur(40));
            decide(payment.refunds().doubt(one));
            assertThat(payment.version()).isEqualTo(6);
            made(one);
            assertThat(payment.state().waitsInDoubt()).isFalse();
        }

        @Test
        void whatIsSettledIsNotAnsweredByTheGatewayAgain() {
            refund(one, eur(60));
            made(one);
            assertThatThrownBy(() -> made(one)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> answered(one, NO)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> made(two)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Nested
    class AllThatIsLeft {

        AllThatIsLeft() {
            authorize();
            capture();
        }

        @Test
        void isAll() {
            assertThat(refund(one, null)).isEqualTo(ask(one));
            assertThat(made(one)).isEqualTo(done(one, 100, 100));
            assertThat(refund(one, null)).isEqualTo(done(one, 100, 100));
        }

        @Test
        void isWhatOthersHaveLeft() {
            refund(one, eur(30));
            made(one);
            refund(two, null);
            assertThat(made(two)).isEqualTo(done(two, 70, 100));
        }

        @Test
        void isTakenFromThenOn() {
            refund(one, null);
            assertThat(refund(two, eur(1))).isEqualTo(refused(two, RefundRefusal.EXCEEDS_CAPTURED));
            assertThat(payment.state().refunding()).isEqualTo(eur(100));
        }

        @Test
        void isMoreOnceOneBeforeItIsRefused() {
            refund(one, eur(30));
            refund(two, null);
            assertThat(payment.state().amountOf(payment.state().refund(two).orElseThrow())).isEqualTo(eur(70));
            answered(one, NO);
            assertThat(payment.state().amountOf(payment.state().refund(two).orElseThrow())).isEqualTo(eur(100));
            assertThat(made(two)).isEqualTo(done(two, 100, 100));
        }

        @Test
        void isNothingWhereAllIsGivenBackAlready() {
            refund(one, null);
            made(one);
            assertThat(refund(two, null)).isEqualTo(done(two, 0, 100));
        }

        @Test
        void waitsWhereAllIsUnderWay() {
            refund(one, null);
            assertThat(refund(two, null)).isEqualTo(ask(two));
            answered(one, NO);
            assertThat(made(two)).isEqualTo(done(two, 100, 100));
        }
    }

    private void authorize() {
        decide(payment.decider().authorize(eur(100), new PaymentMethod("pm_card_visa")));
        decide(payment.decider().authorizationAnswered(new Authorized("auth-1")));
    }

    private void capture() {
        decide(payment.decider().capture());
        decide(payment.decider().captureAnswered(new Captured()));
    }

    private Reaction refund(RefundId id, @Nullable Money amount) {
        return decide(payment.refunds().refund(id, amount, null, null));
    }

    private Reaction answered(RefundId id, GatewayAnswer.ToRefund answer) {
        return decide(payment.refunds().answered(id, answer));
    }

    /** The gateway has done as it was asked. */
    private Reaction made(RefundId id) {
        Money amount = payment.state().refund(id).map(payment.state()::amountOf).orElse(eur(0));
        return answered(id, new Refunded(amount, "key of " + id));
    }

    private Reaction decide(Decision decision) {
        payment.follow(decision);
        return decision.reaction();
    }

    private static Money eur(long minor) {
        return Money.of(minor, "EUR");
    }

    private static Ask ask(RefundId id) {
        return new Ask(GatewayCall.REFUND, id.value());
    }

    private Answer done(RefundId id, long amount, long refunded) {
        return new Answer(new PaymentRefunded(order, id, eur(amount), eur(refunded)));
    }

    private Answer refused(RefundId id, RefundRefusal reason) {
        return new Answer(new RefundRefused(order, id, reason));
    }
}
