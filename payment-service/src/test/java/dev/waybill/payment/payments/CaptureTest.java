package dev.waybill.payment.payments;

import dev.waybill.events.Money;
import dev.waybill.events.OrderId;
import dev.waybill.events.PaymentEvent.CaptureRefusal;
import dev.waybill.events.PaymentEvent.CaptureRefused;
import dev.waybill.events.PaymentEvent.DeclineReason;
import dev.waybill.events.PaymentEvent.PaymentAuthorized;
import dev.waybill.events.PaymentEvent.PaymentCaptured;
import dev.waybill.events.PaymentEvent.PaymentDeclined;
import dev.waybill.events.PaymentEvent.PaymentVoided;
import dev.waybill.events.PaymentMethod;
import dev.waybill.messaging.Ids;
import dev.waybill.payment.payments.Decision.Answer;
import dev.waybill.payment.payments.Decision.Ask;
import dev.waybill.payment.payments.Decision.Reaction;
import dev.waybill.payment.payments.GatewayAnswer.Authorized;
import dev.waybill.payment.payments.GatewayAnswer.CaptureNotPossible;
import dev.waybill.payment.payments.GatewayAnswer.Captured;
import dev.waybill.payment.payments.GatewayAnswer.SettledBefore;
import org.junit.jupiter.api.Test;

import java.util.function.Function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The money that is held is asked for, and taken or not. */
class CaptureTest {

    private static final Money AMOUNT = Money.of(12_999, "EUR");
    private static final PaymentMethod VISA = new PaymentMethod("pm_card_visa");

    private final OrderId order = new OrderId(Ids.next());
    private final Payment payment = new Payment(order);
    private final Answer captured = new Answer(new PaymentCaptured(order, AMOUNT, "auth-1"));

    CaptureTest() {
        decide(known -> known.decider().authorize(AMOUNT, VISA));
        decide(known -> known.decider().authorizationAnswered(new Authorized("auth-1")));
        assertThat(decide(known -> known.decider().capture())).isEqualTo(new Ask(GatewayCall.CAPTURE, null));
    }

    @Test
    void itTakesAll() {
        assertThat(take()).isEqualTo(captured);
        assertThat(payment.state().captured()).isEqualTo(AMOUNT);
    }

    @Test
    void aSecondCommandWaitsForTheSameCapture() {
        assertThat(decide(known -> known.decider().capture())).isEqualTo(new Ask(GatewayCall.CAPTURE, null));
        take();
        assertThat(decide(known -> known.decider().captureAnswered(new SettledBefore()))).isEqualTo(captured);
        assertThat(decide(known -> known.decider().capture())).isEqualTo(captured);
    }

    @Test
    void aVoidIsForbiddenAsTheMoneyMayHaveMoved() {
        assertThatThrownBy(() -> decide(known -> known.decider().voidAuthorization()))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aVoidIsForbiddenOnceTheMoneyHasMoved() {
        take();
        assertThatThrownBy(() -> decide(known -> known.decider().voidAuthorization()))
                .hasMessageContaining("CAPTURED").isInstanceOf(IllegalStateException.class);
    }

    @Test
    void onceItIsDoneAnAuthorizationIsAnsweredAgainToo() {
        take();
        assertThat(decide(known -> known.decider().authorize(AMOUNT, VISA)))
                .isEqualTo(new Answer(new PaymentAuthorized(order, AMOUNT, "auth-1")));
    }

    @Test
    void whatTheGatewayRefusesIsNotHeldAnyMore() {
        var refused = new Answer(new CaptureRefused(order, CaptureRefusal.REFUSED_BY_GATEWAY));
        assertThat(decide(known -> known.decider()
                .captureAnswered(new CaptureNotPossible(CaptureRefusal.REFUSED_BY_GATEWAY)))).isEqualTo(refused);
        assertThat(payment.state().captured()).isEqualTo(Money.of(0, "EUR"));
        assertThat(decide(known -> known.decider().capture())).isEqualTo(refused);
        assertThat(decide(known -> known.decider().voidAuthorization()))
                .isEqualTo(new Answer(new PaymentVoided(order, null)));
        assertThat(decide(known -> known.decider().authorize(AMOUNT, VISA)))
                .isEqualTo(new Answer(new PaymentDeclined(order, DeclineReason.ALREADY_VOIDED)));
    }

    private Reaction take() {
        return decide(known -> known.decider().captureAnswered(new Captured()));
    }

    private Reaction decide(Function<Payment, Decision> decision) {
        Decision decided = decision.apply(payment);
        payment.follow(decided);
        return decided.reaction();
    }
}
