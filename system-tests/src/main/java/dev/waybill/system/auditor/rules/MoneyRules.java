package dev.waybill.system.auditor.rules;

import dev.waybill.system.auditor.evidence.Dossier;
import dev.waybill.system.auditor.evidence.Fact.Amount;
import dev.waybill.system.auditor.evidence.Fact.Charge;
import dev.waybill.system.auditor.evidence.Fact.Order;
import dev.waybill.system.auditor.evidence.Fact.Payment;
import dev.waybill.system.auditor.rules.Rule.Objections;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

/**
 * I2, per order and against the gateway's own books: what was captured and not refunded is the order's total, less what it was
 * agreed to refund, where it was fulfilled, and nothing where it was not; never two captures; nothing stays held for an order
 * that ended without success. What the payment's own events say has expired holds nothing, and may be held once more; never two
 * at a time. The gateway's books alone are held to it at any time that no more is captured than is held, and no
 * more refunded than was captured.
 */
final class MoneyRules {

    static final List<Rule> ALL = List.of(
            Rule.always("I2 captured at most once", MoneyRules::capturedOnce),
            // At rest: the books are read after the payment's events, and may know of a renewal that those do not tell yet.
            Rule.atRest("I2 authorized at most once", MoneyRules::authorizedOnce),
            Rule.always("I2 no more is captured than is held, and no more refunded than was captured",
                    MoneyRules::neverTooMuch),
            Rule.atRest("I2 what is authorized is the order's total", MoneyRules::authorizedTheTotal),
            Rule.atRest("I2 a fulfilled order is paid in full, any other not at all", MoneyRules::paidWhatIsOwed),
            Rule.atRest("I2 nothing stays held for an order that was undone", MoneyRules::voided),
            Rule.atRest("I2 the payment agrees with the gateway's books", MoneyRules::paymentAgrees),
            Rule.atRest("I2 nobody is charged for an order that does not exist", MoneyRules::chargedForAnOrder));

    private MoneyRules() {}

    private static void capturedOnce(Dossier dossier, Objections objections) {
        List<Charge> captured = charges("CAPTURE", dossier).toList();
        if (captured.size() > 1) {
            objections.about(dossier, "captured %d times: %s", captured.size(), captured);
        }
    }

    private static void authorizedOnce(Dossier dossier, Objections objections) {
        List<Charge> live = charges("AUTHORIZE", dossier).filter(charge -> !dossier.hasExpired(charge.reference()))
                .toList();
        if (live.size() > 1) {
            objections.about(dossier, "authorized %d times: %s", live.size(), live);
        }
        charges("CAPTURE", dossier).filter(charge -> dossier.hasExpired(charge.reference()))
                .forEach(charge -> objections.about(dossier, "%s was captured, which the payment says had expired",
                        charge.reference()));
    }

    private static Stream<Charge> charges(String kind, Dossier dossier) {
        return dossier.charges().stream().filter(charge -> charge.kind().equals(kind));
    }

    /** Line by line, as the gateway wrote them. */
    private static void neverTooMuch(Dossier dossier, Objections objections) {
        Map<String, Long> held = new HashMap<>();
        Map<String, Long> captured = new HashMap<>();
        for (Charge charge : dossier.charges()) {
            long minor = charge.amount().minor();
            String reference = charge.reference();
            boolean tooMuch = switch (charge.kind()) {
                case "AUTHORIZE" -> held.merge(reference, minor, Long::sum) < 0;
                case "VOID" -> held.merge(reference, -minor, Long::sum) < 0;
                case "CAPTURE" -> {
                    captured.merge(reference, minor, Long::sum);
                    yield held.merge(reference, -minor, Long::sum) < 0;
                }
                case "REFUND" -> captured.merge(reference, -minor, Long::sum) < 0;
                default -> true;
            };
            if (tooMuch) {
                objections.about(dossier, "%s of %s is more than there was: %s", charge.kind(), charge.amount(),
                        dossier.charges());
                return;
            }
        }
    }

    private static void authorizedTheTotal(Dossier dossier, Objections objections) {
        Order order = dossier.order();
        for (Charge charge : dossier.charges()) {
            if (charge.kind().equals("AUTHORIZE") && order != null && !charge.amount().equals(order.total())) {
                objections.about(dossier, "costs %s, but %s were authorized", order.total(), charge.amount());
            }
        }
    }

    private static void paidWhatIsOwed(Dossier dossier, Objections objections) {
        Order order = dossier.order();
        if (order == null) {
            return;
        }
        Amount owed = owed(order, dossier);
        long paid = sum(dossier.charges(), "CAPTURE") - sum(dossier.charges(), "REFUND");
        boolean foreign = dossier.charges().stream()
                .anyMatch(charge -> !charge.amount().currency().equals(owed.currency()));
        if (foreign || (order.isSettled() && paid != owed.minor())) {
            objections.about(dossier, "%s, so %s are owed, but the gateway took %d: %s", order.status(), owed, paid,
                    dossier.charges());
        }
    }

    /** What the customer is to have paid in the end: less what came back, and what a person has given back. */
    private static Amount owed(Order order, Dossier dossier) {
        if (!order.isFulfilled()) {
            return new Amount(0, order.total().currency());
        }
        long returned = dossier.returns().stream().filter(one -> one.status().equals("COMPLETED"))
                .mapToLong(one -> one.refund().minor()).sum();
        long byHand = dossier.refundsByHand().stream().mapToLong(one -> one.amount().minor()).sum();
        return new Amount(order.total().minor() - returned - byHand, order.total().currency());
    }

    private static void voided(Dossier dossier, Objections objections) {
        Order order = dossier.order();
        boolean undone = order != null && order.isUndone();
        dossier.charges().stream().collect(groupingBy(Charge::reference)).forEach((reference, charges) -> {
            Set<String> kinds = charges.stream().map(Charge::kind).collect(toSet());
            if (undone && !kinds.contains("VOID") && !kinds.contains("CAPTURE") && !dossier.hasExpired(reference)) {
                objections.about(dossier, "the authorization %s of %s was never voided", reference,
                        charges.getFirst().amount());
            }
            if (kinds.contains("VOID") && kinds.contains("CAPTURE")) {
                objections.about(dossier, "%s was both captured and voided", reference);
            }
        });
    }

    private static void paymentAgrees(Dossier dossier, Objections objections) {
        Payment payment = dossier.payment();
        compare("captured", payment == null ? 0 : payment.capturedMinor(), sum(dossier.charges(), "CAPTURE"), dossier,
                objections);
        compare("refunded", payment == null ? 0 : payment.refundedMinor(), sum(dossier.charges(), "REFUND"), dossier,
                objections);
        boolean knownByReference = dossier.charges().stream()
                .allMatch(charge -> payment != null && (charge.reference().equals(payment.reference())
                        || dossier.hasExpired(charge.reference())));
        if (!knownByReference) {
            objections.about(dossier, "the payment knows %s, the gateway %s",
                    payment == null ? null : payment.reference(), dossier.charges());
        }
    }

    private static void compare(String what, long recorded, long booked, Dossier dossier, Objections objections) {
        if (recorded != booked) {
            objections.about(dossier, "the payment says %d were %s, the gateway's books say %d", recorded, what,
                    booked);
        }
    }

    private static void chargedForAnOrder(Dossier dossier, Objections objections) {
        if (dossier.order() == null && !dossier.charges().isEmpty()) {
            objections.about(dossier, "is in no database, but the gateway has %s", dossier.charges());
        }
    }

    private static long sum(List<Charge> charges, String kind) {
        return charges.stream().filter(charge -> charge.kind().equals(kind))
                .mapToLong(charge -> charge.amount().minor()).sum();
    }
}
