package dev.waybill.testing;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ContractsTest {

    private static final String TYPE = "dev.waybill.inventory.stock-reserved.v1";
    private static final String ORDER = "0199f3a1-6c3e-7d52-9b1a-5f0c2e8d4a10";

    @Test
    void aGoodMessagePasses() {
        Contracts.assertValid(TYPE, message("{\"sku\": \"ESPRESSO-01\", \"quantity\": 2}"));
    }

    @Test
    void whatIsWrongIsNamed() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> Contracts.assertValid(TYPE, message("{\"sku\": \"ESPRESSO-01\", \"quantity\": 0}")))
                .withMessageContaining(TYPE).withMessageContaining("/lines/0/quantity");
    }

    @Test
    void anUnknownFieldIsAFault() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(
                        () -> Contracts.assertValid(
                                TYPE,
                                message("{\"sku\": \"ESPRESSO-01\", \"quantity\": 1, \"colour\": \"red\"}")))
                .withMessageContaining("colour");
    }

    @Test
    void whatIsNoJsonIsAFault() {
        assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> Contracts.assertValid(TYPE, "{"));
    }

    @Test
    void anUnknownTypeIsAFault() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> Contracts.assertValid("dev.waybill.inventory.stock-lost.v1", "{}"))
                .withMessageContaining("has no schema");
    }

    private static String message(String line) {
        return "{\"orderId\": \"%s\", \"lines\": [%s]}".formatted(ORDER, line);
    }
}
