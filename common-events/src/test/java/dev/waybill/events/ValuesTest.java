package dev.waybill.events;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** What the small values of the language allow. */
class ValuesTest {

    @ParameterizedTest
    @ValueSource(strings = {"A", "7", "ESPRESSO-01", "A-", "0123456789012345678901234567890123456789"})
    void aSkuHasUpperCaseLettersDigitsAndHyphens(String sku) {
        assertThat(new Sku(sku)).hasToString(sku);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "-A", "a", "A B", "A_B", "Ä", "A\n", "01234567890123456789012345678901234567890"})
    void nothingElseIsASku(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Sku(text));
    }

    @Test
    void skusSortAsTheirCharactersDo() {
        assertThat(new Sku("A-1")).isLessThan(new Sku("A0")).isLessThan(new Sku("B"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 1_000_000})
    void aQuantityIsOneToAMillion(int pieces) {
        assertThat(Quantity.of(pieces).value()).isEqualTo(pieces);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1_000_001, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void nothingElseIsAQuantity(int pieces) {
        assertThatIllegalArgumentException().isThrownBy(() -> Quantity.of(pieces));
    }

    @Test
    void quantitiesAddUpToAMillion() {
        assertThat(Quantity.of(999_999).plus(Quantity.of(1))).isEqualTo(Quantity.of(Quantity.MAX));
        assertThatIllegalArgumentException().isThrownBy(() -> Quantity.of(Quantity.MAX).plus(Quantity.of(1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice", "x", "O’Brien 🙂", "漢字"})
    void aCustomerIdIsAnyTextThatCanBeShown(String text) {
        assertThat(new CustomerId(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "a\tb", "a\u0000b", "a\u0085b",
            "12345678901234567890123456789012345678901234567890123456789012345"})
    void textThatCannotBeShownOrStoredIsNone(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> new CustomerId(text));
        assertThatIllegalArgumentException().isThrownBy(() -> new PaymentMethod(text));
        assertThatIllegalArgumentException().isThrownBy(() -> new OrderNumber(text));
    }

    @Test
    void idsAreReadFromTheirText() {
        String text = "0199f3a1-6c3e-7d52-9b1a-5f0c2e8d4a10";

        assertThat(OrderId.parse(text)).hasToString(text);
        assertThat(MessageId.parse(text)).hasToString(text);
        assertThat(SagaId.parse(text)).hasToString(text);
        assertThatIllegalArgumentException().isThrownBy(() -> OrderId.parse("W-100042"));
    }

    @Test
    void anAddressShowsNoPersonInLogs() {
        Address address = new Address("Alice Doe", "1 Main St", null, "Berlin", "10115", "DE");

        assertThat(address).hasToString("an address in DE");
    }
}
