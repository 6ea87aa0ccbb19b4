package dev.waybill.platform.client;

import dev.waybill.platform.client.Act.Behave;
import dev.waybill.platform.client.Act.Cancel;
import dev.waybill.platform.client.Act.Misbehave;
import dev.waybill.platform.client.Act.Promise;
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

    private static final List<String> NOTHING = List.of();
    private static final List<String> GIVEN_FREE = List.of("AUTHORIZE", "VOID");
    private static final List<String> TAKEN = List.of("AUTHORIZE", "CAPTURE");
    private static final List<String> PAID_BACK = List.of("AUTHORIZE", "CAPTURE", "REFUND");
    private static final Promise NOBODY_IS_CHARGED = promise("nobody is charged", NOTHING);
    private static final Promise CHARGED_ONCE = promise("charged, and once only", TAKEN);
    private static final Promise BACK = promise("charged once, and paid back once", PAID_BACK);

    private static final List<Scenario> ALL = List.of(
            of("happy", "ESPRESSO-01", 1, "pm_card_visa", "DE", "goes through to CONFIRMED", SETTLED,
                    CHARGED_ONCE),
            of("declined", "ESPRESSO-01", 1, "pm_card_declined", "DE",
                    "the card is declined: the reservation is undone, REJECTED (PAYMENT_DECLINED)", SETTLED,
                    NOBODY_IS_CHARGED),
            of("insufficient-funds", "GRINDER-02", 1, "pm_card_insufficient_funds", "DE",
                    "declined for another reason, with the same end", SETTLED, NOBODY_IS_CHARGED),
            of("out-of-stock", "LIMITED-05", 2, "pm_card_visa", "DE",
                    "there is only one: REJECTED (OUT_OF_STOCK), nobody is charged", SETTLED, NOBODY_IS_CHARGED),
            of("refused-address", "ESPRESSO-01", 1, "pm_card_visa", "XX",
                    "the carrier refuses: the authorization is voided, REJECTED (SHIPMENT_REFUSED)", SETTLED,
                    promise("what was set aside is given free", GIVEN_FREE)),
            of("unknown-outcome", "ESPRESSO-01", 1, "pm_card_unknown_outcome", "DE",
                    "the gateway sets the money aside and does not say so: it is found out, and charged once",
                    new Until(Source.PAYMENT, Set.of("UNKNOWN"),
                            "the gateway does not answer: nobody knows what it did, and it is asked again, by the same key"),
                    SETTLED, CHARGED_ONCE),
            of("slow", "ESPRESSO-01", 1, "pm_card_slow", "DE", "the gateway takes its time, then CONFIRMED", SETTLED,
                    CHARGED_ONCE),
            of("cancel", "ESPRESSO-01", 1, "pm_card_visa", "DE",
                    "cancelled before the parcel leaves: called back, paid back, in stock again, CANCELLED",
                    SETTLED, DISPATCHED, new Cancel("Ordered twice by mistake"), order("CANCELLED"), BACK),
            of("cancel-at-once", "ESPRESSO-01", 1, "pm_card_slow", "DE",
                    "cancelled while the card is still being asked: turned back, nothing is charged, CANCELLED",
                    new Cancel("Ordered twice by mistake"), order("CANCELLED"),
                    new Promise("nothing is charged", Set.of(NOTHING, GIVEN_FREE))),
            of("carrier-refusal", "ESPRESSO-01", 1, "pm_card_visa", "DE",
                    "cancelled too late: the carrier keeps the parcel, the order is again what it was",
                    SETTLED, DISPATCHED,
                    new Misbehave("carrier", "REFUSE_CANCEL", "the carrier gives no parcel back from now on"),
                    new Cancel("Found it cheaper elsewhere"), order("CONFIRMED", "SHIPPED", "DELIVERED"),
                    new Behave("carrier"), CHARGED_ONCE),
            of("refund", "ESPRESSO-01", 1, "pm_card_visa", "DE",
                    "an operator gives 20.00 EUR back for a scratch: the order stays as it is", SETTLED,
                    new Refund(2_000, "A scratch on the lid"),
                    new Until(Source.PAYMENT, Set.of("PARTIALLY_REFUNDED", "REFUNDED")), BACK),
            of("return", "ESPRESSO-01", 2, "pm_card_visa", "DE",
                    "one of two is sent back after delivery: half is paid back, one piece is in stock again",
                    SETTLED, DISPATCHED, new Scan("HANDED_OVER"), new Scan("DELIVERED"), DELIVERED,
                    new SendBack(1, "The pump leaks"),
                    new Until(Source.RETURN, Set.of("COMPLETED", "REFUSED")), BACK));

    public Scenario {
        acts = List.copyOf(acts);
    }

    private static Scenario of(
            String name, String sku, int quantity, String payment, String country, String shows, Act... acts) {
        return new Scenario(name, SampleOrder.of(sku, quantity, payment, country), List.of(acts), shows);
    }

    private static Promise promise(String inWords, List<String> kinds) {
        return new Promise(inWords, Set.of(kinds));
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

    /** The same with another order. How that ends is not promised. */
    public Scenario with(SampleOrder other) {
        return other.equals(order)
                ? this
                : new Scenario(name, other, acts.stream().filter(act -> !(act instanceof Promise)).toList(), shows);
    }
}
