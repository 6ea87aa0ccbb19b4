package dev.waybill.simulators.gateway;

import dev.waybill.simulators.gateway.GatewayEntry.AlreadyVoided;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class VoidingAnAuthorizationTest extends GatewayScenario {

    private String reference = "";

    @BeforeEach
    void authorize() {
        reference = authorized(euros(100));
    }

    @Test
    void allOfItIsLetGo() {
        assertCharged(cancel(reference), ChargeKind.VOID, euros(100));
        assertBooks(ChargeKind.AUTHORIZE, ChargeKind.VOID);
    }

    @Test
    void voidedTwiceStandsInTheBooksOnce() {
        cancel(reference);

        assertThat(cancel(reference)).isInstanceOf(AlreadyVoided.class);
        assertBooks(ChargeKind.AUTHORIZE, ChargeKind.VOID);
    }

    @Test
    void capturedOneIsRefused() {
        capture(reference, euros(1));

        assertRefused(cancel(reference), Refusal.ALREADY_CAPTURED);
        assertBooks(ChargeKind.AUTHORIZE, ChargeKind.CAPTURE);
    }

    @Test
    void expiredOneCanStillBeVoided() {
        clock.advance(LIFETIME.plus(Duration.ofDays(1)));

        assertCharged(cancel(reference), ChargeKind.VOID, euros(100));
    }

    @Test
    void unknownOneIsNoAnswer() {
        assertThatThrownBy(() -> cancel("pay_unknown")).hasMessage("There is no such authorization");
    }
}
