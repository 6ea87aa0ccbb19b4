package dev.waybill.system.auditor.rules;

import dev.waybill.system.auditor.evidence.Evidence;
import dev.waybill.system.auditor.evidence.Evidence.Charge;
import dev.waybill.system.auditor.evidence.Evidence.Line;
import dev.waybill.system.auditor.evidence.Evidence.Order;
import dev.waybill.system.auditor.evidence.Evidence.Parcel;
import dev.waybill.system.auditor.evidence.Evidence.Payment;
import dev.waybill.system.auditor.evidence.Evidence.Reservation;
import dev.waybill.system.auditor.evidence.Evidence.Shipment;
import dev.waybill.system.auditor.rules.Rule.Objections;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingInt;
import static java.util.stream.Collectors.toMap;

/** I3, second half: the order's end, its stock, its payment and its parcel tell the same story. */
final class AgreementRules {

    private static final Set<String> LEAVING = Set.of("DISPATCHED", "HANDED_OVER", "IN_TRANSIT", "DELIVERED");

    static final List<Rule> ALL = List.of(
            new Rule("I3 the stock agrees with the order", AgreementRules::stockAgrees),
            new Rule("I3 the payment agrees with the order", AgreementRules::paymentAgrees),
            new Rule("I3 the shipment agrees with the order", AgreementRules::shipmentAgrees),
            new Rule("I3 the reason of a rejection agrees with what was refused", AgreementRules::reasonAgrees),
            new Rule("I3 the carrier has a parcel for a fulfilled order, and for no other",
                    AgreementRules::parcelAgrees),
            new Rule("I3 a parcel leaves only after the money was captured", AgreementRules::paidBeforeItLeft));

    private AgreementRules() {}

    private static void stockAgrees(Evidence evidence, Objections objections) {
        Map<String, Reservation> reservations = evidence.reservations().stream()
                .collect(toMap(Reservation::orderId, reservation -> reservation));
        for (Order order : evidence.orders()) {
            Reservation reservation = reservations.get(order.id());
            String status = reservation == null ? null : reservation.status();
            expect(order, "reservation", status, Set.of("COMMITTED"), Set.of("RELEASED", "REFUSED"), objections);
            if (reservation != null && order.isFulfilled()
                    && !summed(reservation.lines()).equals(summed(order.lines()))) {
                objections.about(order.id(), "%s were ordered, %s were taken from stock", order.lines(),
                        reservation.lines());
            }
        }
    }

    private static void paymentAgrees(Evidence evidence, Objections objections) {
        Map<String, String> payments = evidence.payments().stream().collect(toMap(Payment::orderId, Payment::status));
        for (Order order : evidence.orders()) {
            expect(order, "payment", payments.get(order.id()), Set.of("CAPTURED", "PARTIALLY_REFUNDED", "REFUNDED"),
                    Set.of("DECLINED", "VOIDED", "LAPSED", "REFUNDED"), objections);
        }
    }

    private static void shipmentAgrees(Evidence evidence, Objections objections) {
        Map<String, String> shipments = evidence.shipments().stream()
                .collect(toMap(Shipment::orderId, Shipment::status));
        for (Order order : evidence.orders()) {
            expect(order, "shipment", shipments.get(order.id()), LEAVING, Set.of("CANCELLED", "REFUSED"), objections);
        }
    }

    /** Whoever is named as having said no has said no; whoever was asked before had said yes. */
    private static void reasonAgrees(Evidence evidence, Objections objections) {
        Map<String, String> reservations = evidence.reservations().stream()
                .collect(toMap(Reservation::orderId, Reservation::status));
        Map<String, String> payments = evidence.payments().stream().collect(toMap(Payment::orderId, Payment::status));
        Map<String, String> shipments = evidence.shipments().stream()
                .collect(toMap(Shipment::orderId, Shipment::status));
        for (Order order : evidence.orders()) {
            String reservation = reservations.getOrDefault(order.id(), "missing");
            String payment = payments.getOrDefault(order.id(), "missing");
            String shipment = shipments.getOrDefault(order.id(), "missing");
            boolean agrees = switch (String.valueOf(order.reason())) {
                case "OUT_OF_STOCK" -> reservation.equals("REFUSED") && payment.equals("missing");
                case "PAYMENT_DECLINED" ->
                    reservation.equals("RELEASED") && Set.of("DECLINED", "LAPSED").contains(payment);
                case "SHIPMENT_REFUSED" ->
                    reservation.equals("RELEASED") && payment.equals("VOIDED") && shipment.equals("REFUSED");
                default -> true;
            };
            if (!agrees) {
                objections.about(order.id(),
                        "is rejected for %s; its reservation is %s, its payment %s, its shipment %s",
                        order.reason(), reservation, payment, shipment);
            }
        }
    }

    /** Nothing at all is as good as undone, but not as good as done. */
    private static void expect(Order order, String what, @Nullable String status, Set<String> fulfilled,
            Set<String> undone, Objections objections) {
        boolean wrong = (order.isFulfilled() && (status == null || !fulfilled.contains(status)))
                || (order.isUndone() && status != null && !undone.contains(status));
        if (wrong) {
            objections.about(order.id(), "is %s, its %s %s", order.status(), what, status);
        }
    }

    private static void parcelAgrees(Evidence evidence, Objections objections) {
        Map<String, Order> orders = evidence.orders().stream().collect(toMap(Order::id, order -> order));
        Map<String, List<Parcel>> parcels = evidence.parcels().stream().filter(parcel -> !parcel.isCancelled())
                .collect(groupingBy(Parcel::orderId));
        parcels.keySet().stream().filter(orderId -> !orders.containsKey(orderId)).forEach(
                orderId -> objections.about(orderId, "is in no database, the carrier has %s", parcels.get(orderId)));
        for (Order order : orders.values()) {
            List<Parcel> booked = parcels.getOrDefault(order.id(), List.of());
            if ((order.isFulfilled() && booked.size() != 1) || (order.isUndone() && !booked.isEmpty())) {
                objections.about(order.id(), "is %s, and the carrier has %d parcels for it: %s", order.status(),
                        booked.size(), booked);
            }
            for (Parcel parcel : booked) {
                if (order.isFulfilled() && !LEAVING.contains(parcel.status())) {
                    objections.about(order.id(), "is %s, but the carrier may not let %s leave: %s", order.status(),
                            parcel.trackingNumber(), parcel.status());
                }
            }
        }
    }

    /** Both times come from the simulators, so they are by one clock. */
    private static void paidBeforeItLeft(Evidence evidence, Objections objections) {
        Map<String, Instant> captured = evidence.charges().stream().filter(charge -> charge.kind().equals("CAPTURE"))
                .collect(toMap(Charge::orderId, Charge::at, (one, other) -> one.isBefore(other) ? one : other));
        for (Parcel parcel : evidence.parcels()) {
            Instant dispatched = parcel.dispatchedAt().orElse(null);
            Instant paid = captured.get(parcel.orderId());
            if (dispatched != null && (paid == null || dispatched.isBefore(paid))) {
                objections.about(parcel.orderId(), "%s was dispatched at %s, the money captured at %s",
                        parcel.trackingNumber(), dispatched, paid);
            }
        }
    }

    private static Map<String, Integer> summed(List<Line> lines) {
        return lines.stream().collect(groupingBy(Line::sku, TreeMap::new, summingInt(Line::quantity)));
    }
}
