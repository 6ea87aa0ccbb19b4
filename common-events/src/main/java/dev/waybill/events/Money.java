package dev.waybill.events;

import java.math.BigDecimal;
import java.util.Currency;

/**
 * An amount of money in the currency's minor unit, never negative: {@code {"amountMinor": 12999, "currency": "EUR"}} is
 * 129.99 euros, {@code {"amountMinor": 500, "currency": "JPY"}} is 500 yen. How many digits are minor comes from
 * ISO 4217 (JPY 0, EUR 2, KWD 3). Arithmetic is exact: what does not fit is an error, never a wrong amount.
 */
public record Money(long amountMinor, Currency currency) implements Comparable<Money> {

    public Money {
        if (currency == null) {
            throw new IllegalArgumentException("A currency is missing");
        }
        if (currency.getDefaultFractionDigits() < 0) {
            throw new IllegalArgumentException(currency + " is no currency to pay in");
        }
        if (amountMinor < 0) {
            throw new IllegalArgumentException("An amount of money is not negative, as " + amountMinor + " is");
        }
    }

    /**
     * @throws IllegalArgumentException when the code is not of ISO 4217
     */
    public static Money of(long amountMinor, String currencyCode) {
        return new Money(amountMinor, Currency.getInstance(currencyCode));
    }

    public static Money zero(Currency currency) {
        return new Money(0, currency);
    }

    /**
     * @throws IllegalArgumentException when the currencies differ
     * @throws ArithmeticException on overflow
     */
    public Money plus(Money other) {
        requireSameCurrency(other);
        return new Money(Math.addExact(amountMinor, other.amountMinor), currency);
    }

    /**
     * @throws IllegalArgumentException when the currencies differ, or more would be taken than is there
     */
    public Money minus(Money other) {
        requireSameCurrency(other);
        return new Money(Math.subtractExact(amountMinor, other.amountMinor), currency);
    }

    /**
     * @throws ArithmeticException on overflow
     */
    public Money times(Quantity quantity) {
        return new Money(Math.multiplyExact(amountMinor, (long) quantity.value()), currency);
    }

    /**
     * @throws IllegalArgumentException when the currencies differ
     */
    @Override
    public int compareTo(Money other) {
        requireSameCurrency(other);
        return Long.compare(amountMinor, other.amountMinor);
    }

    private void requireSameCurrency(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException(
                    "%s and %s are different currencies".formatted(currency, other.currency));
        }
    }

    /** For people: {@code 129.99 EUR}. */
    @Override
    public String toString() {
        return BigDecimal.valueOf(amountMinor, currency.getDefaultFractionDigits()).toPlainString() + " " + currency;
    }
}
