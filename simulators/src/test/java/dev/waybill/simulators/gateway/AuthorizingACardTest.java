package dev.waybill.simulators.gateway;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AuthorizingACardTest extends GatewayScenario {

    @ParameterizedTest
    @ValueSource(strings = {"pm_card_visa", "pm_card_slow", "pm_card_unknown_outcome"})
    void goodCardIsAuthorized(String paymentMethod) {
        assertCharged(authorize(euros(129), paymentMethod), ChargeKind.AUTHORIZE, euros(129));
        assertBooks(ChargeKind.AUTHORIZE);
    }

    @ParameterizedTest
    @CsvSource({"pm_card_declined, CARD_DECLINED", "pm_card_insufficient_funds, INSUFFICIENT_FUNDS",
            "pm_nobody_knows, CARD_DECLINED"})
    void badCardIsDeclinedAndNotCharged(String paymentMethod, Refusal refusal) {
        assertRefused(authorize(euros(129), paymentMethod), refusal);
        assertBooks();
    }

    @Test
    void everyAuthorizationHasAReferenceOfItsOwn() {
        assertThat(authorized(euros(1))).isNotEqualTo(authorized(euros(1)));
        assertBooks(ChargeKind.AUTHORIZE, ChargeKind.AUTHORIZE);
    }

    @Test
    void amountIsMoreThanZeroAndInARealCurrency() {
        assertThatThrownBy(() -> new Money(0, "EUR")).hasMessage("An amount is more than zero");
        assertThatThrownBy(() -> new Money(-1, "EUR")).hasMessage("An amount is more than zero");
        assertThatThrownBy(() -> new Money(1, "EUX")).hasMessage("EUX is no currency of ISO 4217");
    }
}
