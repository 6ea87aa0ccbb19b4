package dev.waybill.system.auditor.rules;

import dev.waybill.system.auditor.evidence.Dossier;
import dev.waybill.system.auditor.evidence.Fact.Line;
import dev.waybill.system.auditor.evidence.Fact.Order;
import dev.waybill.system.auditor.evidence.Fact.Parcel;
import dev.waybill.system.auditor.evidence.Fact.Payment;
import dev.waybill.system.auditor.evidence.Fact.Reservation;
import dev.waybill.system.auditor.evidence.Fact.Shipment;
import dev.waybill.system.auditor.rules.Rule.Objections;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingInt;

/** I3, second half: the order's end, its stock, its payment and its parcel tell the same story. */
final class AgreementRules {

    private static final Set<String> LEAVING = Set.of("DISPATCHED", "HANDED_OVER", "IN_TRANSIT", "DELIVERED");

    static final List<Rule> ALL = List.of(
            Rule.atRest("I3 the stock agrees with the order", AgreementRules::stockAgrees),
            Rule.atRest("I3 the payment agrees with the order", agrees("payment", AgreementRules::payment,
                    Set.of("CAPTURED", "PARTIALLY_REFUNDED", "REFUNDED"),
                    Set.of("DECLINED", "VOIDED", "LAPSED", "REFUNDED"))),
            Rule.atRest("I3 the shipment agrees with the order",
                    agrees("shipment", AgreementRules::shipment, LEAVING, Set.of("CANCELLED", "REFUSED"))),
            Rule.atRest("I3 the reason of a rejection agrees with what was refused", AgreementRules::reasonAgrees),
            Rule.atRest("I3 the carrier has a parcel for a fulfilled order, and for no other",
                    AgreementRules::parcelAgrees),
            Rule.atRest("I3 a parcel leaves only after the money was captured", AgreementRules::paidBeforeItLeft));

    private AgreementRules() {}

    /**
     * Nothing at all is as good as undone, but not as good as done. What a person did by hand, where a saga was resolved, a service cannot
     * know; the gateway's and the carrier's own books have to agree all the same.
     */
    private static BiConsumer<Dossier, Objections> agrees(String what, Function<Dossier, @Nullable String> statusOf,
            Set<String> fulfilled, Set<String> undone) {
        return (dossier, objections) -> {
            Order order = dossier.order();
            String status = statusOf.apply(dossier);
            boolean byHand = dossier.sagas().stream().filter(saga -> !saga.type().equals("order-return"))
                    .anyMatch(dossier::isResolvedByAPerson);
            boolean wrong = order != null && !byHand
                    && ((order.isFulfilled() && (status == null || !fulfilled.contains(status)))
                            || (order.isUndone() && status != null && !undone.contains(status)));
            if (order != null && wrong) {
                objections.about(dossier, "is %s, its %s %s", order.status(), what, status);
            }
        };
    }

    private static void stockAgrees(Dossier dossier, Objections objections) {
        Order order = dossier.order();
        Reservation reservation = dossier.reservation();
        boolean allIsBack = reservation != null && summed(reservation.restocked()).equals(summed(reservation.lines()));
        agrees("reservation", AgreementRules::reservation, Set.of("COMMITTED"),
                allIsBack ? Set.of("RELEASED", "REFUSED", "COMMITTED") : Set.of("RELEASED", "REFUSED"))
                .accept(dossier, objections);
        List<Line> cameBack = dossier.returns().stream().filter(one -> one.status().equals("COMPLETED"))
                .flatMap(one -> one.lines().stream()).toList();
        if (order != null && reservation != null && order.isFulfilled()
                && !summed(reservation.restocked()).equals(summed(cameBack))) {
            objections.about(dossier, "%s were returned, %s are back in stock", cameBack, reservation.restocked());
        }
        if (order != null && reservation != null && order.isFulfilled()
                && !summed(reservation.lines()).equals(summed(order.lines()))) {
            objections.about(dossier, "%s were ordered, %s were taken from stock", order.lines(), reservation.lines());
        }
    }

    /** Whoever is named as having said no has said no; whoever was asked before had said yes. */
    private static void reasonAgrees(Dossier dossier, Objections objections) {
        Order order = dossier.order();
        if (order == null || !order.status().equals("REJECTED")) {
            return;
        }
        String reservation = String.valueOf(reservation(dossier));
        String payment = String.valueOf(payment(dossier));
        String shipment = String.valueOf(shipment(dossier));
        boolean agrees = switch (String.valueOf(order.reason())) {
            case "OUT_OF_STOCK" -> reservation.equals("REFUSED") && payment.equals("null");
            case "PAYMENT_DECLINED" ->
                reservation.equals("RELEASED") && Set.of("DECLINED", "LAPSED").contains(payment);
            case "SHIPMENT_REFUSED" ->
                reservation.equals("RELEASED") && payment.equals("VOIDED") && shipment.equals("REFUSED");
            default -> true;
        };
        if (!agrees) {
            objections.about(dossier, "is rejected for %s; its reservation is %s, its payment %s, its shipment %s",
                    order.reason(), reservation, payment, shipment);
        }
    }

    private static void parcelAgrees(Dossier dossier, Objections objections) {
        List<Parcel> booked = dossier.parcels().stream().filter(parcel -> !parcel.isCancelled()).toList();
        Order order = dossier.order();
        if (order == null) {
            if (!booked.isEmpty()) {
                objections.about(dossier, "is in no database, the carrier has %s", booked);
            }
            return;
        }
        if ((order.isFulfilled() && booked.size() != 1) || (order.isUndone() && !booked.isEmpty())) {
            objections.about(dossier, "is %s, and the carrier has %d parcels for it: %s", order.status(),
                    booked.size(), booked);
        }
        for (Parcel parcel : booked) {
            if (order.isFulfilled() && !LEAVING.contains(parcel.status())) {
                objections.about(dossier, "is %s, but the carrier may not let %s leave: %s", order.status(),
                        parcel.trackingNumber(), parcel.status());
            }
        }
    }

    /** Both times come from the simulators, so they are by one clock. */
    private static void paidBeforeItLeft(Dossier dossier, Objections objections) {
        Instant paid = dossier.charges().stream().filter(charge -> charge.kind().equals("CAPTURE"))
                .map(charge -> charge.at()).min(Instant::compareTo).orElse(null);
        for (Parcel parcel : dossier.parcels()) {
            Instant dispatched = parcel.dispatchedAt().orElse(null);
            if (dispatched != null && (paid == null || dispatched.isBefore(paid))) {
                objections.about(dossier, "%s was dispatched at %s, the money captured at %s", parcel.trackingNumber(),
                        dispatched, paid);
            }
        }
    }

    private static @Nullable String reservation(Dossier dossier) {
        Reservation reservation = dossier.reservation();
        return reservation == null ? null : reservation.status();
    }

    private static @Nullable String payment(Dossier dossier) {
        Payment payment = dossier.payment();
        return payment == null ? null : payment.status();
    }

    private static @Nullable String shipment(Dossier dossier) {
        Shipment shipment = dossier.shipment();
        return shipment == null ? null : shipment.status();
    }

    private static Map<String, Integer> summed(List<Line> lines) {
        return lines.stream().collect(groupingBy(Line::sku, TreeMap::new, summingInt(Line::quantity)));
    }
}
