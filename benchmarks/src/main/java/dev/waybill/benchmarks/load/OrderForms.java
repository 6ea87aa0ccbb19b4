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
        return """
                {"customerId":"alice","lines":[{"sku":"%s","quantity":%d}],"paymentMethod":"pm_card_visa","currency":"EUR",\
                "shippingAddress":{"name":"Alice Doe","line1":"1 Main St","city":"Berlin","postalCode":"10115","country":"DE"}}"""
                .formatted(sku(n), quantity(n));
    }
}
