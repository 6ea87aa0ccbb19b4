package dev.waybill.simulators.gateway;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RefundingACaptureTest extends GatewayScenario {

    private String reference = "";

    @BeforeEach
    void captureAPart() {
        reference = authorized(euros(100));
        capture(reference, euros(80));
    }

    @Test
    void refundsAddUpToWhatWasCapturedAndNoFurther() {
        assertCharged(refund(reference, euros(50)), ChargeKind.REFUND, euros(50));
        assertRefused(refund(reference, euros(31)), Refusal.REFUND_EXCEEDS_CAPTURE);
        assertCharged(refund(reference, euros(30)), ChargeKind.REFUND, euros(30));
        assertRefused(refund(reference, new Money(1, "EUR")), Refusal.REFUND_EXCEEDS_CAPTURE);

        assertBooks(ChargeKind.AUTHORIZE, ChargeKind.CAPTURE, ChargeKind.REFUND, ChargeKind.REFUND);
    }

    @Test
    void otherCurrencyIsRefused() {
        assertRefused(refund(reference, new Money(1, "USD")), Refusal.REFUND_EXCEEDS_CAPTURE);
    }

    @Test
    void nothingIsRefundedOfWhatWasOnlyAuthorized() {
        assertRefused(refund(authorized(euros(100)), euros(1)), Refusal.REFUND_EXCEEDS_CAPTURE);
    }

    @Test
    void unknownOneIsNoAnswer() {
        assertThatThrownBy(() -> refund("pay_unknown", euros(1))).hasMessage("There is no such authorization");
    }
}
