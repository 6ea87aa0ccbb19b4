package dev.waybill.platform.client;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import static java.util.stream.Collectors.joining;

/**
 * A sample order.
 *
 * @param quantity as it was typed: the service decides what it thinks of it
 */
public record Scenario(String customer, String sku, String quantity, String payment, String country) {

    private static final List<Prepared> PREPARED = List.of(
            new Prepared("happy", of("ESPRESSO-01", 1, "pm_card_visa", "DE"), "goes through to CONFIRMED"),
            new Prepared("declined", of("ESPRESSO-01", 1, "pm_card_declined", "DE"),
                    "the card is declined: the reservation is undone, REJECTED (PAYMENT_DECLINED)"),
            new Prepared("insufficient-funds", of("GRINDER-02", 1, "pm_card_insufficient_funds", "DE"),
                    "declined for another reason, with the same end"),
            new Prepared("out-of-stock", of("LIMITED-05", 2, "pm_card_visa", "DE"),
                    "there is only one: REJECTED (OUT_OF_STOCK), nobody is charged"),
            new Prepared("refused-address", of("ESPRESSO-01", 1, "pm_card_visa", "XX"),
                    "the carrier refuses: the authorization is voided, REJECTED (SHIPMENT_REFUSED)"),
            new Prepared("unknown-outcome", of("ESPRESSO-01", 1, "pm_card_unknown_outcome", "DE"),
                    "the gateway charges and does not answer: found out, and charged once or not at all"),
            new Prepared("slow", of("ESPRESSO-01", 1, "pm_card_slow", "DE"),
                    "the gateway takes its time, then CONFIRMED"));

    /** One that has a name, and what is to be seen with it. */
    private record Prepared(String label, Scenario order, String shows) {}

    private static Scenario of(String sku, int quantity, String payment, String country) {
        return new Scenario("alice", sku, Integer.toString(quantity), payment, country);
    }

    public static List<String> names() {
        return PREPARED.stream().map(Prepared::label).toList();
    }

    /** All of them, a line each. */
    public static String table() {
        return PREPARED.stream().map(prepared -> "  %-20s %s".formatted(prepared.label, prepared.shows))
                .collect(joining(System.lineSeparator()));
    }

    public static Optional<Scenario> named(String name) {
        return PREPARED.stream().filter(prepared -> prepared.label.equals(name)).findFirst()
                .map(prepared -> prepared.order);
    }

    /** The same but for what is given. */
    public Scenario with(Optional<String> otherSku, Optional<String> otherQuantity, Optional<String> otherPayment,
            Optional<String> otherCountry, Optional<String> otherCustomer) {
        return new Scenario(otherCustomer.orElse(customer), otherSku.orElse(sku), otherQuantity.orElse(quantity),
                otherPayment.orElse(payment), otherCountry.orElse(country));
    }

    /** What is sent. */
    Map<String, Object> body() {
        Object amount = quantity.matches("-?\\d{1,9}") ? Integer.valueOf(quantity) : quantity;
        return Map.of("customerId", customer, "lines", List.of(Map.of("sku", sku, "quantity", amount)),
                "paymentMethod", payment, "currency", "EUR", "shippingAddress",
                Map.of("name", "Alice Doe", "line1", "1 Main St", "city", "Berlin", "postalCode", "10115", "country",
                        country));
    }
}
