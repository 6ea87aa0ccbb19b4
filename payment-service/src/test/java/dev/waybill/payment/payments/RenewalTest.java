package dev.waybill.payment.payments;

import dev.waybill.events.Money;
import dev.waybill.events.OrderId;
import dev.waybill.events.PaymentEvent.CaptureRefusal;
import dev.waybill.events.PaymentEvent.CaptureRefused;
import dev.waybill.events.PaymentEvent.DeclineReason;
import dev.waybill.events.PaymentEvent.PaymentAuthorized;
import dev.waybill.events.PaymentEvent.PaymentCaptured;
import dev.waybill.events.PaymentMethod;
import dev.waybill.messaging.Ids;
import dev.waybill.payment.payments.Decision.Answer;
import dev.waybill.payment.payments.Decision.Ask;
import dev.waybill.payment.payments.Decision.Reaction;
import dev.waybill.payment.payments.GatewayAnswer.Authorized;
import dev.waybill.payment.payments.GatewayAnswer.CaptureNotPossible;
import dev.waybill.payment.payments.GatewayAnswer.Captured;
import dev.waybill.payment.payments.GatewayAnswer.Declined;
import dev.waybill.payment.payments.GatewayAnswer.SettledBefore;
import org.junit.jupiter.api.Test;

import java.util.function.Function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What was held has expired when it is to be captured. */
class RenewalTest {

    private static final Money AMOUNT = Money.of(12_999, "EUR");
    private static final PaymentMethod VISA = new PaymentMethod("pm_card_visa");
    private static final GatewayAnswer.ToCapture EXPIRED = new CaptureNotPossible(CaptureRefusal.AUTHORIZATION_EXPIRED);

    private final OrderId order = new OrderId(Ids.next());
    private final Payment payment = new Payment(order);
    private final Answer captured = new Answer(new PaymentCaptured(order, AMOUNT, "auth-2"));
    private final Answer expired = new Answer(new CaptureRefused(order, CaptureRefusal.AUTHORIZATION_EXPIRED));

    RenewalTest() {
        decide(known -> known.decider().authorize(AMOUNT, VISA));
        decide(known -> known.decider().authorizationAnswered(new Authorized("auth-1")));
        decide(known -> known.decider().capture());
    }

    @Test
    void itIsHeldOnceMoreAndThenCapturedAndNobodyIsTold() {
        assertThat(decide(known -> known.decider().captureAnswered(EXPIRED))).isEqualTo(ask(GatewayCall.RENEW));
        assertThat(payment.state().authorized()).isEqualTo(Money.of(0, "EUR"));
        assertThat(decide(known -> known.decider().renewalAnswered(new Authorized("auth-2"))))
                .isEqualTo(ask(GatewayCall.CAPTURE));
        assertThat(payment.state().authorized()).isEqualTo(AMOUNT);
        assertThat(decide(known -> known.decider().captureAnswered(new Captured()))).isEqualTo(captured);
    }

    @Test
    void aCardThatIsDeclinedByThenEndsTheCapture() {
        decide(known -> known.decider().captureAnswered(EXPIRED));
        assertThat(decide(known -> known.decider().renewalAnswered(new Declined(DeclineReason.CARD_DECLINED))))
                .isEqualTo(expired);
        assertThat(payment.state().status()).isEqualTo(PaymentStatus.LAPSED);
        assertThat(decide(known -> known.decider().capture())).isEqualTo(expired);
    }

    @Test
    void whatExpiresASecondTimeEndsTheCapture() {
        decide(known -> known.decider().captureAnswered(EXPIRED));
        decide(known -> known.decider().renewalAnswered(new Authorized("auth-2")));
        assertThat(decide(known -> known.decider().captureAnswered(EXPIRED))).isEqualTo(expired);
    }

    @Test
    void aSecondCaptureThatWaitsBehindTheFirstAsksAgainBehindTheRenewal() {
        decide(known -> known.decider().capture());
        decide(known -> known.decider().captureAnswered(EXPIRED));
        assertThat(decide(known -> known.decider().captureAnswered(new SettledBefore())))
                .isEqualTo(ask(GatewayCall.CAPTURE));
        decide(known -> known.decider().renewalAnswered(new Authorized("auth-2")));
        decide(known -> known.decider().captureAnswered(new Captured()));
        assertThat(decide(known -> known.decider().captureAnswered(new SettledBefore()))).isEqualTo(captured);
    }

    @Test
    void meanwhileItCannotBeVoidedAndIsAuthorizedToWhoeverAsks() {
        decide(known -> known.decider().captureAnswered(EXPIRED));
        assertThatThrownBy(() -> decide(known -> known.decider().voidAuthorization()))
                .isInstanceOf(IllegalStateException.class);
        assertThat(decide(known -> known.decider().authorize(AMOUNT, VISA)))
                .isEqualTo(new Answer(new PaymentAuthorized(order, AMOUNT, "auth-1")));
        assertThat(decide(known -> known.decider().capture())).isEqualTo(ask(GatewayCall.CAPTURE));
    }

    @Test
    void aRenewalThatIsNotAnsweredIsInDoubt() {
        decide(known -> known.decider().captureAnswered(EXPIRED));
        decide(known -> known.decider().doubt());
        assertThat(payment.state().waitsInDoubt()).isTrue();
        decide(known -> known.decider().renewalAnswered(new Authorized("auth-2")));
        assertThat(payment.state().waitsInDoubt()).isFalse();
    }

    private static Ask ask(GatewayCall call) {
        return new Ask(call, null);
    }

    private Reaction decide(Function<Payment, Decision> decision) {
        Decision decided = decision.apply(payment);
        payment.follow(decided);
        return decided.reaction();
    }
}
