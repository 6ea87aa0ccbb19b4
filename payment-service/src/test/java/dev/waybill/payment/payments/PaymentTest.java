package dev.waybill.payment.payments;

import dev.waybill.events.Money;
import dev.waybill.events.OrderId;
import dev.waybill.events.PaymentEvent.CaptureRefusal;
import dev.waybill.events.PaymentEvent.CaptureRefused;
import dev.waybill.events.PaymentEvent.DeclineReason;
import dev.waybill.events.PaymentEvent.PaymentAuthorized;
import dev.waybill.events.PaymentEvent.PaymentDeclined;
import dev.waybill.events.PaymentEvent.PaymentVoided;
import dev.waybill.events.PaymentMethod;
import dev.waybill.messaging.Ids;
import dev.waybill.payment.payments.Decision.Answer;
import dev.waybill.payment.payments.Decision.Ask;
import dev.waybill.payment.payments.Decision.Reaction;
import dev.waybill.payment.payments.GatewayAnswer.Authorized;
import dev.waybill.payment.payments.GatewayAnswer.Captured;
import dev.waybill.payment.payments.GatewayAnswer.Declined;
import dev.waybill.payment.payments.GatewayAnswer.SettledBefore;
import dev.waybill.payment.payments.GatewayAnswer.Voided;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import java.util.function.Function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a payment decides until it is captured, situation by situation. */
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
    private final Answer notAuthorized = new Answer(new CaptureRefused(order, CaptureRefusal.NOT_AUTHORIZED));

    private Reaction decide(Function<Payment, Decision> decision) {
        Decision decided = decision.apply(payment);
        payment.follow(decided);
        return decided.reaction();
    }

    @Nested
    class New {

        @Test
        void anAuthorizationIsAskedOfTheGateway() {
            assertThat(decide(known -> known.decider().authorize(AMOUNT, VISA)))
                    .isEqualTo(new Ask(GatewayCall.AUTHORIZE, null));
            assertThat(payment.state().toPay()).isEqualTo(AMOUNT);
            assertThat(payment.state().authorized()).isEqualTo(Money.of(0, "EUR"));
        }

        @Test
        void aVoidStaysAndDeclinesTheAuthorizationThatComesLater() {
            assertThat(decide(known -> known.decider().voidAuthorization())).isEqualTo(nothingToVoid);
            assertThat(decide(known -> known.decider().authorize(AMOUNT, VISA))).isEqualTo(alreadyVoided);
            assertThat(payment.state().status()).isEqualTo(PaymentStatus.VOIDED);
        }

        @Test
        void aCaptureIsRefusedAndLeavesTheWayFree() {
            assertThat(decide(known -> known.decider().capture())).isEqualTo(notAuthorized);
            assertThat(decide(known -> known.decider().authorize(AMOUNT, VISA)))
                    .isEqualTo(new Ask(GatewayCall.AUTHORIZE, null));
        }
    }

    @Nested
    class WhileTheAuthorizationIsUnderWay {

        WhileTheAuthorizationIsUnderWay() {
            decide(known -> known.decider().authorize(AMOUNT, VISA));
        }

        @Test
        void theGatewayHoldsTheAmount() {
            assertThat(decide(known -> known.decider().authorizationAnswered(new Authorized(REFERENCE))))
                    .isEqualTo(authorized);
            assertThat(payment.state().authorized()).isEqualTo(AMOUNT);
        }

        @Test
        void theGatewayDeclines() {
            assertThat(
                    decide(known -> known.decider().authorizationAnswered(new Declined(DeclineReason.CARD_DECLINED))))
                    .isEqualTo(new Answer(new PaymentDeclined(order, DeclineReason.CARD_DECLINED)));
            assertThat(payment.state().authorized()).isEqualTo(Money.of(0, "EUR"));
        }

        @Test
        void aSecondCommandWaitsForTheSameAuthorization() {
            assertThat(decide(known -> known.decider().authorize(AMOUNT, VISA)))
                    .isEqualTo(new Ask(GatewayCall.AUTHORIZE, null));
            decide(known -> known.decider().authorizationAnswered(new Authorized(REFERENCE)));
            assertThat(decide(known -> known.decider().authorizationAnswered(new SettledBefore())))
                    .isEqualTo(authorized);
        }

        @Test
        void aCommandForAnotherAmountOrCardIsForbidden() {
            assertThatThrownBy(() -> decide(known -> known.decider().authorize(Money.of(1, "EUR"), VISA)))
                    .isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> decide(known -> known.decider().authorize(AMOUNT, new PaymentMethod("pm_other"))))
                    .isInstanceOf(IllegalStateException.class);
        }

        @Test
        void aVoidWaitsForTheAnswerAndThenLetsGo() {
            assertThat(decide(known -> known.decider().voidAuthorization())).isEqualTo(new Ask(GatewayCall.VOID, null));
            assertThat(payment.state().status()).isEqualTo(PaymentStatus.AUTHORIZING);
            assertThat(decide(known -> known.decider().authorizationAnswered(new Authorized(REFERENCE))))
                    .isEqualTo(authorized);
            assertThat(payment.state().status()).isEqualTo(PaymentStatus.VOIDING);
            assertThat(decide(known -> known.decider().voidAnswered(new Voided()))).isEqualTo(voided);
        }

        @Test
        void aVoidOfWhatIsThenDeclinedHasNothingToLetGoOf() {
            decide(known -> known.decider().voidAuthorization());
            decide(known -> known.decider().authorizationAnswered(new Declined(DeclineReason.CARD_DECLINED)));
            assertThat(decide(known -> known.decider().voidAnswered(new SettledBefore()))).isEqualTo(nothingToVoid);
        }

        @Test
        void aCaptureAfterAVoidThatWaitsIsRefused() {
            decide(known -> known.decider().voidAuthorization());
            decide(known -> known.decider().authorizationAnswered(new Authorized(REFERENCE)));
            assertThat(decide(known -> known.decider().capture())).isEqualTo(notAuthorized);
        }

        @Test
        void aCaptureIsRefused() {
            assertThat(decide(known -> known.decider().capture())).isEqualTo(notAuthorized);
        }

        @Test
        void itIsInDoubtUntilTheGatewayAnswers() {
            decide(known -> known.decider().doubt());
            assertThat(payment.state().inDoubt()).isTrue();
            decide(known -> known.decider().authorizationAnswered(new Authorized(REFERENCE)));
            assertThat(payment.state().inDoubt()).isFalse();
        }

        @Test
        void nothingThatWasNotAskedIsAnswered() {
            assertThatThrownBy(() -> decide(known -> known.decider().captureAnswered(new Captured())))
                    .isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> decide(known -> known.decider().voidAnswered(new Voided())))
                    .isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> decide(known -> known.decider().authorizationAnswered(new SettledBefore())))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Nested
    class DeclinedAlready {

        DeclinedAlready() {
            decide(known -> known.decider().authorize(AMOUNT, VISA));
            decide(known -> known.decider().authorizationAnswered(new Declined(DeclineReason.CARD_DECLINED)));
        }

        @Test
        void aSecondCommandIsDeclinedAgain() {
            assertThat(decide(known -> known.decider().authorize(AMOUNT, VISA)))
                    .isEqualTo(new Answer(new PaymentDeclined(order, DeclineReason.CARD_DECLINED)));
        }

        @Test
        void aVoidHasNothingToLetGoOf() {
            assertThat(decide(known -> known.decider().voidAuthorization())).isEqualTo(nothingToVoid);
            assertThat(payment.state().status()).isEqualTo(PaymentStatus.DECLINED);
        }

        @Test
        void aCaptureIsRefused() {
            assertThat(decide(known -> known.decider().capture())).isEqualTo(notAuthorized);
        }
    }

    @Nested
    class Held {

        Held() {
            decide(known -> known.decider().authorize(AMOUNT, VISA));
            decide(known -> known.decider().authorizationAnswered(new Authorized(REFERENCE)));
        }

        @Test
        void aSecondAuthorizationIsAnsweredFromTheFirst() {
            assertThat(decide(known -> known.decider().authorize(AMOUNT, VISA))).isEqualTo(authorized);
        }

        @Test
        void aVoidLetsGo() {
            assertThat(decide(known -> known.decider().voidAuthorization())).isEqualTo(new Ask(GatewayCall.VOID, null));
            assertThat(decide(known -> known.decider().voidAnswered(new Voided()))).isEqualTo(voided);
            assertThat(payment.state().authorized()).isEqualTo(Money.of(0, "EUR"));
        }

        @Test
        void aSecondVoidIsAnsweredFromTheFirst() {
            decide(known -> known.decider().voidAuthorization());
            assertThat(decide(known -> known.decider().voidAuthorization())).isEqualTo(new Ask(GatewayCall.VOID, null));
            decide(known -> known.decider().voidAnswered(new Voided()));
            assertThat(decide(known -> known.decider().voidAnswered(new SettledBefore()))).isEqualTo(voided);
            assertThat(decide(known -> known.decider().voidAuthorization())).isEqualTo(voided);
        }

        @Test
        void anAuthorizationDuringOrAfterTheVoidIsDeclined() {
            decide(known -> known.decider().voidAuthorization());
            assertThat(decide(known -> known.decider().authorize(AMOUNT, VISA))).isEqualTo(alreadyVoided);
            decide(known -> known.decider().voidAnswered(new Voided()));
            assertThat(decide(known -> known.decider().authorize(AMOUNT, VISA))).isEqualTo(alreadyVoided);
        }

        @Test
        void thereIsNothingToDoubt() {
            decide(known -> known.decider().doubt());
            assertThat(payment.state().inDoubt()).isFalse();
        }
    }
}
