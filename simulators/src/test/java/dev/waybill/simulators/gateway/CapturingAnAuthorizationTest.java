package dev.waybill.simulators.gateway;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;

class CapturingAnAuthorizationTest extends GatewayScenario {

    private String reference = "";

    @BeforeEach
    void authorize() {
        reference = authorized(euros(100));
    }

    @Test
    void wholeAmountIsCaptured() {
        assertCharged(capture(reference, euros(100)), ChargeKind.CAPTURE, euros(100));
        assertBooks(ChargeKind.AUTHORIZE, ChargeKind.CAPTURE);
    }

    @Test
    void partIsCaptured() {
        assertCharged(capture(reference, euros(60)), ChargeKind.CAPTURE, euros(60));
    }

    @Test
    void secondCaptureIsRefusedEvenOfTheRest() {
        capture(reference, euros(60));

        assertRefused(capture(reference, euros(40)), Refusal.CAPTURED_OTHERWISE);
        assertRefused(capture(reference, euros(60)), Refusal.ALREADY_CAPTURED);
        assertBooks(ChargeKind.AUTHORIZE, ChargeKind.CAPTURE);
    }

    @Test
    void moreThanAuthorizedIsRefused() {
        assertRefused(capture(reference, euros(101)), Refusal.NOT_AUTHORIZED);
    }

    @Test
    void otherCurrencyIsRefused() {
        assertRefused(capture(reference, new Money(1, "USD")), Refusal.NOT_AUTHORIZED);
    }

    @Test
    void unknownAuthorizationIsRefused() {
        assertRefused(capture("pay_unknown", euros(100)), Refusal.NOT_AUTHORIZED);
    }

    @Test
    void voidedAuthorizationIsRefused() {
        cancel(reference);

        assertRefused(capture(reference, euros(100)), Refusal.VOIDED);
        assertBooks(ChargeKind.AUTHORIZE, ChargeKind.VOID);
    }

    @Test
    void expiredAuthorizationIsRefused() {
        clock.advance(LIFETIME.plus(Duration.ofMillis(1)));

        assertRefused(capture(reference, euros(100)), Refusal.AUTHORIZATION_EXPIRED);
    }

    @Test
    void authorizationIsGoodUntilItsVeryEnd() {
        clock.advance(LIFETIME);

        assertCharged(capture(reference, euros(100)), ChargeKind.CAPTURE, euros(100));
    }
}
