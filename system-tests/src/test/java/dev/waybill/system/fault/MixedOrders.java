package dev.waybill.system.fault;

import dev.waybill.system.driver.OrderForm;
import dev.waybill.system.driver.Waybill;

import java.util.List;

/** Orders of every kind, so that whatever is struck, some are being fulfilled and some are being undone. */
final class MixedOrders {

    private record Kind(String paymentMethod, String country) {}

    private static final List<Kind> KINDS = List.of(
            new Kind("pm_card_visa", "DE"),
            new Kind("pm_card_visa", "XX"),
            new Kind("pm_card_visa", "FR"),
            new Kind("pm_card_declined", "DE"),
            new Kind("pm_card_visa", "DE"),
            new Kind("pm_card_slow", "DE"),
            new Kind("pm_card_visa", "XX"),
            new Kind("pm_card_unknown_outcome", "IT"),
            new Kind("pm_card_insufficient_funds", "DE"),
            new Kind("pm_card_visa", "DE"));

    private final Waybill waybill;
    private final String customer;

    MixedOrders(Waybill waybill, String customer) {
        this.waybill = waybill;
        this.customer = customer;
    }

    OrderForm number(int n) {
        Kind kind = KINDS.get(n % KINDS.size());
        return waybill.order("FILTER-04", 1 + n % 3).by(customer).paidBy(kind.paymentMethod()).to(kind.country());
    }
}
