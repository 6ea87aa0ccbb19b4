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
import dev.waybill.payment.payments.GatewayAnswer.Authorized;
import dev.waybill.payment.payments.GatewayAnswer.CaptureNotPossible;
import dev.waybill.payment.payments.GatewayAnswer.Captured;
import dev.waybill.payment.payments.GatewayAnswer.Declined;
import dev.waybill.payment.payments.GatewayAnswer.SettledBefore;
import dev.waybill.payment.payments.GatewayAnswer.Voided;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a payment decides, situation by situation. */
class PaymentTest {

    private static final Money AMOUNT = Money.of(12_999, "EUR");
    private static final PaymentMethod VISA = new PaymentMethod("pm_card_visa");
    private static final String REFERENCE = "auth-1";

    private final OrderId order = new OrderId(Ids.next());
    private final Payment payment = new Payment(order);

    private final Answer authorized = new Answer(new PaymentAuthorized(order, AMOUNT, REFERENCE));
    private final Answer alreadyVoided = new Answer(new PaymentDeclined(order, DeclineReason.ALREADY_VOIDED));
    private final Answer voided = new Answer(new PaymentVoided(order, REFERENCE));
    private final Answer nothingToVoid = new Answer(new PaymentVoided(order, null));
    private final Answer captured = new Answer(new PaymentCaptured(order, AMOUNT, REFERENCE));
    private final Answer notAuthorized = new Answer(new CaptureRefused(order, CaptureRefusal.NOT_AUTHORIZED));

    @Nested
    class New {

        @Test
        void anAuthorizationIsAskedOfTheGateway() {
            assertThat(payment.authorize(AMOUNT, VISA)).isEqualTo(new Ask(GatewayCall.AUTHORIZE));
            assertThat(payment.total()).isEqualTo(AMOUNT);
            assertThat(payment.authorized()).isEqualTo(Money.of(0, "EUR"));
        }

        @Test
        void aVoidStaysAndDeclinesTheAuthorizationThatComesLater() {
            assertThat(payment.voidAuthorization()).isEqualTo(nothingToVoid);
            assertThat(payment.authorize(AMOUNT, VISA)).isEqualTo(alreadyVoided);
            assertThat(payment.status()).isEqualTo(PaymentStatus.VOIDED);
        }

        @Test
        void aCaptureIsRefusedAndLeavesTheWayFree() {
            assertThat(payment.capture()).isEqualTo(notAuthorized);
            assertThat(payment.authorize(AMOUNT, VISA)).isEqualTo(new Ask(GatewayCall.AUTHORIZE));
        }
    }

    @Nested
    class WhileTheAuthorizationIsUnderWay {

        WhileTheAuthorizationIsUnderWay() {
            payment.authorize(AMOUNT, VISA);
        }

        @Test
        void theGatewayHoldsTheAmount() {
            assertThat(payment.authorizationAnswered(new Authorized(REFERENCE))).isEqualTo(authorized);
            assertThat(payment.authorized()).isEqualTo(AMOUNT);
        }

        @Test
        void theGatewayDeclines() {
            assertThat(payment.authorizationAnswered(new Declined(DeclineReason.CARD_DECLINED)))
                    .isEqualTo(new Answer(new PaymentDeclined(order, DeclineReason.CARD_DECLINED)));
            assertThat(payment.authorized()).isEqualTo(Money.of(0, "EUR"));
        }

        @Test
        void aSecondCommandWaitsForTheSameAuthorization() {
            assertThat(payment.authorize(AMOUNT, VISA)).isEqualTo(new Ask(GatewayCall.AUTHORIZE));
            payment.authorizationAnswered(new Authorized(REFERENCE));
            assertThat(payment.authorizationAnswered(new SettledBefore())).isEqualTo(authorized);
        }

        @Test
        void aCommandForAnotherAmountOrCardIsForbidden() {
            assertThatThrownBy(() -> payment.authorize(Money.of(1, "EUR"), VISA))
                    .isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> payment.authorize(AMOUNT, new PaymentMethod("pm_other")))
                    .isInstanceOf(IllegalStateException.class);
        }

        @Test
        void aVoidWaitsForTheAnswerAndThenLetsGo() {
            assertThat(payment.voidAuthorization()).isEqualTo(new Ask(GatewayCall.VOID));
            assertThat(payment.status()).isEqualTo(PaymentStatus.AUTHORIZING);
            assertThat(payment.authorizationAnswered(new Authorized(REFERENCE))).isEqualTo(authorized);
            assertThat(payment.status()).isEqualTo(PaymentStatus.VOIDING);
            assertThat(payment.voidAnswered(new Voided())).isEqualTo(voided);
        }

        @Test
        void aVoidOfWhatIsThenDeclinedHasNothingToLetGoOf() {
            payment.voidAuthorization();
            payment.authorizationAnswered(new Declined(DeclineReason.CARD_DECLINED));
            assertThat(payment.voidAnswered(new SettledBefore())).isEqualTo(nothingToVoid);
        }

        @Test
        void aCaptureAfterAVoidThatWaitsIsRefused() {
            payment.voidAuthorization();
            payment.authorizationAnswered(new Authorized(REFERENCE));
            assertThat(payment.capture()).isEqualTo(notAuthorized);
        }

        @Test
        void aCaptureIsRefused() {
            assertThat(payment.capture()).isEqualTo(notAuthorized);
        }

        @Test
        void itIsInDoubtUntilTheGatewayAnswers() {
            payment.doubt();
            assertThat(payment.inDoubt()).isTrue();
            payment.authorizationAnswered(new Authorized(REFERENCE));
            assertThat(payment.inDoubt()).isFalse();
        }

        @Test
        void nothingThatWasNotAskedIsAnswered() {
            assertThatThrownBy(() -> payment.captureAnswered(new Captured())).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> payment.voidAnswered(new Voided())).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> payment.authorizationAnswered(new SettledBefore()))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Nested
    class DeclinedAlready {

        DeclinedAlready() {
            payment.authorize(AMOUNT, VISA);
            payment.authorizationAnswered(new Declined(DeclineReason.CARD_DECLINED));
        }

        @Test
        void aSecondCommandIsDeclinedAgain() {
            assertThat(payment.authorize(AMOUNT, VISA))
                    .isEqualTo(new Answer(new PaymentDeclined(order, DeclineReason.CARD_DECLINED)));
        }

        @Test
        void aVoidHasNothingToLetGoOf() {
            assertThat(payment.voidAuthorization()).isEqualTo(nothingToVoid);
            assertThat(payment.status()).isEqualTo(PaymentStatus.DECLINED);
        }

        @Test
        void aCaptureIsRefused() {
            assertThat(payment.capture()).isEqualTo(notAuthorized);
        }
    }

    @Nested
    class Held {

        Held() {
            payment.authorize(AMOUNT, VISA);
            payment.authorizationAnswered(new Authorized(REFERENCE));
        }

        @Test
        void aSecondAuthorizationIsAnsweredFromTheFirst() {
            assertThat(payment.authorize(AMOUNT, VISA)).isEqualTo(authorized);
        }

        @Test
        void aCaptureTakesAll() {
            assertThat(payment.capture()).isEqualTo(new Ask(GatewayCall.CAPTURE));
            assertThat(payment.captureAnswered(new Captured())).isEqualTo(captured);
            assertThat(payment.captured()).isEqualTo(AMOUNT);
        }

        @Test
        void aVoidLetsGo() {
            assertThat(payment.voidAuthorization()).isEqualTo(new Ask(GatewayCall.VOID));
            assertThat(payment.voidAnswered(new Voided())).isEqualTo(voided);
            assertThat(payment.authorized()).isEqualTo(Money.of(0, "EUR"));
        }

        @Test
        void aSecondVoidIsAnsweredFromTheFirst() {
            payment.voidAuthorization();
            assertThat(payment.voidAuthorization()).isEqualTo(new Ask(GatewayCall.VOID));
            payment.voidAnswered(new Voided());
            assertThat(payment.voidAnswered(new SettledBefore())).isEqualTo(voided);
            assertThat(payment.voidAuthorization()).isEqualTo(voided);
        }

        @Test
        void anAuthorizationDuringOrAfterTheVoidIsDeclined() {
            payment.voidAuthorization();
            assertThat(payment.authorize(AMOUNT, VISA)).isEqualTo(alreadyVoided);
            payment.voidAnswered(new Voided());
            assertThat(payment.authorize(AMOUNT, VISA)).isEqualTo(alreadyVoided);
        }

        @Test
        void thereIsNothingToDoubt() {
            payment.doubt();
            assertThat(payment.inDoubt()).isFalse();
        }
    }

    @Nested
    class WhileTheCaptureIsUnderWay {

        WhileTheCaptureIsUnderWay() {
            payment.authorize(AMOUNT, VISA);
            payment.authorizationAnswered(new Authorized(REFERENCE));
            payment.capture();
        }

        @Test
        void aSecondCommandWaitsForTheSameCapture() {
            assertThat(payment.capture()).isEqualTo(new Ask(GatewayCall.CAPTURE));
            payment.captureAnswered(new Captured());
            assertThat(payment.captureAnswered(new SettledBefore())).isEqualTo(captured);
            assertThat(payment.capture()).isEqualTo(captured);
        }

        @Test
        void aVoidIsForbiddenAsTheMoneyMayHaveMoved() {
            assertThatThrownBy(payment::voidAuthorization).isInstanceOf(IllegalStateException.class);
        }

        @Test
        void whatTheGatewayRefusesIsNotHeldAnyMore() {
            var refused = new Answer(new CaptureRefused(order, CaptureRefusal.AUTHORIZATION_EXPIRED));
            assertThat(payment.captureAnswered(new CaptureNotPossible(CaptureRefusal.AUTHORIZATION_EXPIRED)))
                    .isEqualTo(refused);
            assertThat(payment.captured()).isEqualTo(Money.of(0, "EUR"));
            assertThat(payment.capture()).isEqualTo(refused);
            assertThat(payment.voidAuthorization()).isEqualTo(nothingToVoid);
            assertThat(payment.authorize(AMOUNT, VISA)).isEqualTo(alreadyVoided);
        }
    }

    @Nested
    class CapturedAlready {

        CapturedAlready() {
            payment.authorize(AMOUNT, VISA);
            payment.authorizationAnswered(new Authorized(REFERENCE));
            payment.capture();
            payment.captureAnswered(new Captured());
        }

        @Test
        void aVoidIsForbidden() {
            assertThatThrownBy(payment::voidAuthorization).hasMessageContaining("CAPTURED")
                    .isInstanceOf(IllegalStateException.class);
        }

        @Test
        void authorizationAndCaptureAreAnsweredAgain() {
            assertThat(payment.authorize(AMOUNT, VISA)).isEqualTo(authorized);
            assertThat(payment.capture()).isEqualTo(captured);
        }
    }
}
