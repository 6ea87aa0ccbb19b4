package dev.waybill.simulators.gateway;

import dev.waybill.simulators.web.Checks;

import java.util.Currency;

/**
 * An amount in the currency's minor unit, more than zero.
 *
 * @param currency its ISO 4217 code
 */
record Money(long amountMinor, String currency) {

    Money {
        if (amountMinor <= 0) {
            throw new IllegalArgumentException("An amount is more than zero");
        }
        Checks.text("A currency", currency, 3);
        try {
            // One string per currency, however many amounts there are.
            currency = Currency.getInstance(currency).getCurrencyCode();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("%s is no currency of ISO 4217".formatted(currency), e);
        }
    }

    boolean sameCurrencyAs(Money other) {
        return currency.equals(other.currency);
    }
}
