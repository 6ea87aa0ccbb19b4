package dev.waybill.platform.client;

import dev.waybill.platform.client.Act.Behave;
import dev.waybill.platform.client.Act.Cancel;
import dev.waybill.platform.client.Act.Misbehave;
import dev.waybill.platform.client.Act.Refund;
import dev.waybill.platform.client.Act.Scan;
import dev.waybill.platform.client.Act.SendBack;
import dev.waybill.platform.client.Act.Source;
import dev.waybill.platform.client.Act.Until;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import static java.util.stream.Collectors.joining;

/**
 * A story with one order: how it is placed, what is done to it then, and how it is to end.
 *
 * @param shows what is to be seen with it, in a line
 */
public record Scenario(String name, SampleOrder order, List<Act> acts, String shows) {

    private static final Until SETTLED = order("CONFIRMED", "SHIPPED", "DELIVERED", "REJECTED", "CANCELLED");
    private static final Until DISPATCHED = new Until(Source.SHIPMENT, Set.of("DISPATCHED"));
    private static final Until DELIVERED = order("DELIVERED");

    private static final List<Scenario> ALL = List.of(
            of("happy", "ESPRESSO-01", 1, "pm_card_visa", "DE", "goes through to CONFIRMED", SETTLED),
            of("declined", "ESPRESSO-01", 1, "pm_card_declined", "DE",
                    "the card is declined: the reservation is undone, REJECTED (PAYMENT_DECLINED)", SETTLED),
            of("insufficient-funds", "GRINDER-02", 1, "pm_card_insufficient_funds", "DE",
                    "declined for another reason, with the same end", SETTLED),
            of("out-of-stock", "LIMITED-05", 2, "pm_card_visa", "DE",
                    "there is only one: REJECTED (OUT_OF_STOCK), nobody is charged", SETTLED),
            of("refused-address", "ESPRESSO-01", 1, "pm_card_visa", "XX",
                    "the carrier refuses: the authorization is voided, REJECTED (SHIPMENT_REFUSED)", SETTLED),
            of("unknown-outcome", "ESPRESSO-01", 1, "pm_card_unknown_outcome", "DE",
                    "the gateway charges and does not answer: found out, and charged once or not at all", SETTLED),
            of("slow", "ESPRESSO-01", 1, "pm_card_slow", "DE", "the gateway takes its time, then CONFIRMED", SETTLED),
            of("cancel", "ESPRESSO-01", 1, "pm_card_visa", "DE",
                    "cancelled before the parcel leaves: called back, paid back, in stock again, CANCELLED",
                    SETTLED, DISPATCHED, new Cancel("Ordered twice by mistake"), order("CANCELLED")),
            of("cancel-at-once", "ESPRESSO-01", 1, "pm_card_slow", "DE",
                    "cancelled while the card is still being asked: turned back, nothing is charged, CANCELLED",
                    new Cancel("Ordered twice by mistake"), order("CANCELLED")),
            of("carrier-refusal", "ESPRESSO-01", 1, "pm_card_visa", "DE",
                    "cancelled too late: the carrier keeps the parcel, the order is again what it was",
                    SETTLED, DISPATCHED,
                    new Misbehave("carrier", "REFUSE_CANCEL", "the carrier gives no parcel back from now on"),
                    new Cancel("Found it cheaper elsewhere"), order("CONFIRMED", "SHIPPED", "DELIVERED"),
                    new Behave("carrier")),
            of("refund", "ESPRESSO-01", 1, "pm_card_visa", "DE",
                    "an operator gives 20.00 EUR back for a scratch: the order stays as it is", SETTLED,
                    new Refund(2_000, "A scratch on the lid"),
                    new Until(Source.PAYMENT, Set.of("PARTIALLY_REFUNDED", "REFUNDED"))),
            of("return", "ESPRESSO-01", 2, "pm_card_visa", "DE",
                    "one of two is sent back after delivery: half is paid back, one piece is in stock again",
                    SETTLED, DISPATCHED, new Scan("HANDED_OVER"), new Scan("DELIVERED"), DELIVERED,
                    new SendBack(1, "The pump leaks"),
                    new Until(Source.RETURN, Set.of("COMPLETED", "REFUSED"))));

    public Scenario {
        acts = List.copyOf(acts);
    }

    private static Scenario of(
            String name, String sku, int quantity, String payment, String country, String shows, Act... acts) {
        return new Scenario(name, SampleOrder.of(sku, quantity, payment, country), List.of(acts), shows);
    }

    private static Until order(String... statuses) {
        return new Until(Source.ORDER, Set.of(statuses));
    }

    public static List<String> names() {
        return ALL.stream().map(Scenario::name).toList();
    }

    /** All of them, a line each. */
    public static String table() {
        return ALL.stream().map(scenario -> "  %-20s %s".formatted(scenario.name, scenario.shows))
                .collect(joining(System.lineSeparator()));
    }

    public static Optional<Scenario> named(String name) {
        return ALL.stream().filter(scenario -> scenario.name.equals(name)).findFirst();
    }

    /** The same with another order. */
    public Scenario with(SampleOrder other) {
        return new Scenario(name, other, acts, shows);
    }
}
