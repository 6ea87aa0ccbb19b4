package dev.waybill.messaging;

import dev.waybill.events.OrderEvent.OrderRejected;
import dev.waybill.events.OrderEvent.RejectionReason;
import dev.waybill.events.PaymentEvent.PaymentAuthorized;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Reading messages that others have written. */
class MessageJsonTest {

    private static final String ORDER = "01980000-0000-7000-8000-000000000001";

    @ParameterizedTest
    @ValueSource(strings = {"0.5", "\"12999\"", "null", "true", "1e3", "-1"})
    void anAmountThatIsNoWholeNumberIsNotRoundedButRefused(String amount) {
        assertThatThrownBy(() -> authorized(amount)).isInstanceOf(JacksonException.class);
    }

    @Test
    void anAmountIsReadAsItWasWritten() {
        assertThat(authorized("12999").amount().amountMinor()).isEqualTo(12999);
    }

    @Test
    void aReasonThatANewerProducerGivesIsUnknownAndAFieldThatItAddsIsPassedOver() {
        var rejected = MessageJson.read("""
                {"orderId": "%s", "reason": "ALIENS", "colour": "green"}""".formatted(ORDER).getBytes(UTF_8),
                OrderRejected.class);
        assertThat(rejected.reason()).isEqualTo(RejectionReason.UNKNOWN);
    }

    @Test
    void whatFollowsThePayloadIsRefused() {
        assertThatThrownBy(() -> MessageJson.read("""
                {"orderId": "%s", "reason": "TIMED_OUT"} {}""".formatted(ORDER).getBytes(UTF_8), OrderRejected.class))
                .isInstanceOf(JacksonException.class);
    }

    private static PaymentAuthorized authorized(String amount) {
        return MessageJson.read("""
                {"orderId": "%s", "amount": {"amountMinor": %s, "currency": "EUR"}, "gatewayReference": "ref"}"""
                .formatted(ORDER, amount).getBytes(UTF_8), PaymentAuthorized.class);
    }
}
