package dev.waybill.platform.client;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An order to try the platform with.
 *
 * @param quantity as it was typed: the service decides what it thinks of it
 */
public record SampleOrder(String customer, String sku, String quantity, String payment, String country) {

    private static final String CONTACT = "alice@example.com";

    static SampleOrder of(String sku, int quantity, String payment, String country) {
        return new SampleOrder("alice", sku, Integer.toString(quantity), payment, country);
    }

    /** The same but for what is given. */
    public SampleOrder with(Optional<String> otherSku, Optional<String> otherQuantity, Optional<String> otherPayment,
            Optional<String> otherCountry, Optional<String> otherCustomer) {
        return new SampleOrder(otherCustomer.orElse(customer), otherSku.orElse(sku), otherQuantity.orElse(quantity),
                otherPayment.orElse(payment), otherCountry.orElse(country));
    }

    /** What is sent. */
    Map<String, Object> body() {
        Object amount = quantity.matches("-?\\d{1,9}") ? Integer.valueOf(quantity) : quantity;
        return Map.of("customerId", customer, "contactEmail", CONTACT,
                "lines", List.of(Map.of("sku", sku, "quantity", amount)),
                "paymentMethod", payment, "currency", "EUR", "shippingAddress",
                Map.of("name", "Alice Doe", "line1", "1 Main St", "city", "Berlin", "postalCode", "10115", "country",
                        country));
    }
}
