package dev.waybill.events;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Currency;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class MoneyTest {

    @ParameterizedTest
    @CsvSource({"12999,EUR,129.99 EUR", "5,EUR,0.05 EUR", "0,EUR,0.00 EUR", "500,JPY,500 JPY", "27250,KWD,27.250 KWD",
            "9223372036854775807,EUR,92233720368547758.07 EUR"})
    void minorUnitsAreThoseOfTheCurrency(long amountMinor, String currency, String shown) {
        assertThat(Money.of(amountMinor, currency)).hasToString(shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "eur", "EURO", "ABC", "XXX", "XAU"})
    void onlyCurrenciesOneCanPayInAreMoney(String currency) {
        assertThatIllegalArgumentException().isThrownBy(() -> Money.of(1, currency));
    }

    @Test
    void isNeverNegative() {
        assertThatIllegalArgumentException().isThrownBy(() -> Money.of(-1, "EUR"));
    }

    @Test
    void staysTheSameOverAnyRoundTripThroughJson() {
        for (String currency : new String[]{"JPY", "EUR", "KWD"}) {
            Money money = Money.of(Long.MAX_VALUE, currency);
            assertThat(Json.read(Json.write(money), Money.class)).isEqualTo(money);
        }
    }

    @Nested
    class Arithmetic {

        @Test
        void isExact() {
            assertThat(Money.of(10, "EUR").plus(Money.of(20, "EUR"))).isEqualTo(Money.of(30, "EUR"));
            assertThat(Money.of(30, "EUR").minus(Money.of(30, "EUR"))).isEqualTo(Money.of(0, "EUR"));
            assertThat(Money.of(12999, "EUR").times(Quantity.of(2))).isEqualTo(Money.of(25998, "EUR"));
            assertThat(Money.zero(Currency.getInstance("KWD"))).isEqualTo(Money.of(0, "KWD"));
        }

        @Test
        void takingAwayWhatWasAddedLeavesWhatWasThere() {
            Random random = new Random(20261121);
            for (int i = 0; i < 1_000; i++) {
                Money a = Money.of(random.nextLong(Long.MAX_VALUE / 2), "JPY");
                Money b = Money.of(random.nextLong(Long.MAX_VALUE / 2), "JPY");

                assertThat(a.plus(b).minus(b)).isEqualTo(a);
                assertThat(a.plus(b)).isEqualTo(b.plus(a)).isGreaterThanOrEqualTo(a);
            }
        }

        @Test
        void doesNotOverflow() {
            Money most = Money.of(Long.MAX_VALUE, "EUR");

            assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> most.plus(Money.of(1, "EUR")));
            assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> most.times(Quantity.of(2)));
        }

        @Test
        void doesNotGoBelowZero() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Money.of(1, "EUR").minus(Money.of(2, "EUR")));
        }

        @Test
        void doesNotMixCurrencies() {
            Money euros = Money.of(1, "EUR");
            Money yen = Money.of(1, "JPY");

            assertThatIllegalArgumentException().isThrownBy(() -> euros.plus(yen));
            assertThatIllegalArgumentException().isThrownBy(() -> euros.minus(yen));
            assertThatIllegalArgumentException().isThrownBy(() -> euros.compareTo(yen));
            assertThat(euros).isNotEqualTo(yen);
        }
    }
}
