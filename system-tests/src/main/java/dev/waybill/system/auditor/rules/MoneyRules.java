package dev.waybill.system.auditor.rules;

import dev.waybill.system.auditor.evidence.Evidence;
import dev.waybill.system.auditor.evidence.Evidence.Amount;
import dev.waybill.system.auditor.evidence.Evidence.Charge;
import dev.waybill.system.auditor.evidence.Evidence.Order;
import dev.waybill.system.auditor.evidence.Evidence.Payment;
import dev.waybill.system.auditor.rules.Rule.Objections;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

/**
 * I2, per order and against the gateway's own books: what was captured and not refunded is the order's total where it was
 * fulfilled and nothing where it was not; never two captures; nothing stays held for an order that ended without success.
 */
final class MoneyRules {

    static final List<Rule> ALL = List.of(
            new Rule("I2 captured at most once", MoneyRules::capturedOnce),
            new Rule("I2 authorized at most once", MoneyRules::authorizedOnce),
            new Rule("I2 what is authorized is the order's total", MoneyRules::authorizedTheTotal),
            new Rule("I2 a fulfilled order is paid in full, any other not at all", MoneyRules::paidWhatIsOwed),
            new Rule("I2 nothing stays held for an order that was undone", MoneyRules::voided),
            new Rule("I2 the payment agrees with the gateway's books", MoneyRules::paymentAgrees),
            new Rule("I2 nobody is charged for an order that does not exist", MoneyRules::chargedForAnOrder));

    private MoneyRules() {}

    private static void capturedOnce(Evidence evidence, Objections objections) {
        atMostOne("CAPTURE", "captured", evidence, objections);
    }

    private static void authorizedOnce(Evidence evidence, Objections objections) {
        atMostOne("AUTHORIZE", "authorized", evidence, objections);
    }

    private static void atMostOne(String kind, String done, Evidence evidence, Objections objections) {
        byOrder(evidence).forEach((orderId, charges) -> {
            List<Charge> found = charges.stream().filter(charge -> charge.kind().equals(kind)).toList();
            if (found.size() > 1) {
                objections.about(orderId, "%s %d times: %s", done, found.size(), found);
            }
        });
    }

    private static void authorizedTheTotal(Evidence evidence, Objections objections) {
        Map<String, Amount> totals = evidence.orders().stream().collect(toMap(Order::id, Order::total));
        for (Charge charge : evidence.charges()) {
            Amount total = totals.get(charge.orderId());
            if (charge.kind().equals("AUTHORIZE") && total != null && !charge.amount().equals(total)) {
                objections.about(charge.orderId(), "costs %s, but %s were authorized", total, charge.amount());
            }
        }
    }

    private static void paidWhatIsOwed(Evidence evidence, Objections objections) {
        Map<String, List<Charge>> charges = byOrder(evidence);
        for (Order order : evidence.orders()) {
            List<Charge> booked = charges.getOrDefault(order.id(), List.of());
            Amount owed = order.isFulfilled() ? order.total() : new Amount(0, order.total().currency());
            long paid = sum(booked, "CAPTURE") - sum(booked, "REFUND");
            boolean foreign = booked.stream().anyMatch(charge -> !charge.amount().currency().equals(owed.currency()));
            if (foreign || (order.isSettled() && paid != owed.minor())) {
                objections.about(order.id(), "%s, so %s are owed, but the gateway took %d: %s", order.status(), owed,
                        paid, booked);
            }
        }
    }

    private static void voided(Evidence evidence, Objections objections) {
        Set<String> undone = evidence.orders().stream().filter(Order::isUndone).map(Order::id).collect(toSet());
        evidence.charges().stream().collect(groupingBy(Charge::reference)).forEach((reference, charges) -> {
            Set<String> kinds = charges.stream().map(Charge::kind).collect(toSet());
            String orderId = charges.getFirst().orderId();
            if (undone.contains(orderId) && !kinds.contains("VOID") && !kinds.contains("CAPTURE")) {
                objections.about(orderId, "the authorization %s of %s was never voided", reference,
                        charges.getFirst().amount());
            }
            if (kinds.contains("VOID") && kinds.contains("CAPTURE")) {
                objections.about(orderId, "%s was both captured and voided", reference);
            }
        });
    }

    private static void paymentAgrees(Evidence evidence, Objections objections) {
        Map<String, Payment> payments = evidence.payments().stream()
                .collect(toMap(Payment::orderId, payment -> payment));
        Map<String, List<Charge>> charges = byOrder(evidence);
        Set<String> orders = new TreeSet<>(payments.keySet());
        orders.addAll(charges.keySet());
        for (String orderId : orders) {
            List<Charge> booked = charges.getOrDefault(orderId, List.of());
            Payment payment = payments.get(orderId);
            long recorded = payment == null ? 0 : payment.capturedMinor();
            if (recorded != sum(booked, "CAPTURE")) {
                objections.about(orderId, "the payment says %d were captured, the gateway's books say %d", recorded,
                        sum(booked, "CAPTURE"));
            }
            boolean knownByReference = booked.stream()
                    .allMatch(charge -> payment != null && charge.reference().equals(payment.reference()));
            if (!knownByReference) {
                objections.about(orderId, "the payment knows %s, the gateway %s",
                        payment == null ? null : payment.reference(), booked);
            }
        }
    }

    private static void chargedForAnOrder(Evidence evidence, Objections objections) {
        Set<String> orders = evidence.orders().stream().map(Order::id).collect(toSet());
        byOrder(evidence).forEach((orderId, charges) -> {
            if (!orders.contains(orderId)) {
                objections.about(orderId, "is in no database, but the gateway has %s", charges);
            }
        });
    }

    private static Map<String, List<Charge>> byOrder(Evidence evidence) {
        return evidence.charges().stream().collect(groupingBy(Charge::orderId));
    }

    private static long sum(List<Charge> charges, String kind) {
        return charges.stream().filter(charge -> charge.kind().equals(kind))
                .mapToLong(charge -> charge.amount().minor()).sum();
    }
}
