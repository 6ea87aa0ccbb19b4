package dev.waybill.system.fault;

import dev.waybill.system.driver.OrderForm;
import dev.waybill.system.driver.Waybill;

import java.util.List;

/** Orders of every kind, so that whatever is struck, some are being fulfilled and some are being undone. */
final class MixedOrders {

    private static final String CONFIRMED = "CONFIRMED";
    private static final String DECLINED = "REJECTED PAYMENT_DECLINED";
    private static final String REFUSED = "REJECTED SHIPMENT_REFUSED";

    private record Kind(String paymentMethod, String country, String end) {}

    private static final List<Kind> KINDS = List.of(
            new Kind("pm_card_visa", "DE", CONFIRMED),
            new Kind("pm_card_visa", "XX", REFUSED),
            new Kind("pm_card_visa", "FR", CONFIRMED),
            new Kind("pm_card_declined", "DE", DECLINED),
            new Kind("pm_card_visa", "DE", CONFIRMED),
            new Kind("pm_card_slow", "DE", CONFIRMED),
            new Kind("pm_card_visa", "XX", REFUSED),
            new Kind("pm_card_unknown_outcome", "IT", CONFIRMED),
            new Kind("pm_card_insufficient_funds", "DE", DECLINED),
            new Kind("pm_card_visa", "DE", CONFIRMED));

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

    /** How that one has to end, whatever happens meanwhile. */
    String endOf(int n) {
        return KINDS.get(n % KINDS.size()).end();
    }
}
