package dev.waybill.benchmarks.load;

import java.util.List;

/** What is ordered: one of four products, one or two pieces; the same sequence for everyone who is measured. */
public final class OrderForms {

    public static final List<String> SKUS = List.of("ESPRESSO-01", "GRINDER-02", "KETTLE-03", "FILTER-04");

    private OrderForms() {}

    public static String sku(int n) {
        return SKUS.get(n % SKUS.size());
    }

    public static int quantity(int n) {
        return 1 + n / SKUS.size() % 2;
    }

    /** The body of the request. */
    public static String json(int n) {
        return json(sku(n), quantity(n), "pm_card_visa", "DE");
    }

    /** Of twenty orders three are refused: by the gateway, by the carrier, and for want of stock. */
    public static String ofAllKinds(int n) {
        return switch (n % 20) {
            case 3 -> json(sku(n), quantity(n), "pm_card_declined", "DE");
            case 9 -> json(sku(n), quantity(n), "pm_card_visa", "XX");
            case 15 -> json("LIMITED-05", 2, "pm_card_visa", "DE");
            default -> json(n);
        };
    }

    private static String json(String sku, int quantity, String payment, String country) {
        return """
                {"customerId":"alice","lines":[{"sku":"%s","quantity":%d}],"paymentMethod":"%s","currency":"EUR",\
                "shippingAddress":{"name":"Alice Doe","line1":"1 Main St","city":"Berlin","postalCode":"10115","country":"%s"}}"""
                .formatted(sku, quantity, payment, country);
    }
}
