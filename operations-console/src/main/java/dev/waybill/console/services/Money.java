package dev.waybill.console.services;

import java.math.BigDecimal;
import java.util.Currency;

/** An amount as the services write it: in the currency's minor unit. */
public record Money(long amountMinor, String currency) {

    /** {@code 129.99 EUR}, with as many digits as the currency has. */
    public String words() {
        try {
            int digits = Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
            return BigDecimal.valueOf(amountMinor, digits).toPlainString() + " " + currency;
        } catch (IllegalArgumentException e) {
            return "%d minor units of %s".formatted(amountMinor, currency);
        }
    }
}
