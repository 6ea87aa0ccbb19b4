package dev.waybill.system.auditor;

import dev.waybill.system.auditor.evidence.Envelope;
import dev.waybill.system.auditor.evidence.Evidence;
import dev.waybill.system.auditor.evidence.Evidence.Acknowledgement;
import dev.waybill.system.auditor.evidence.Evidence.Asked;
import dev.waybill.system.auditor.evidence.Evidence.Heard;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Everything that is known about one order: what its customer asked, its messages by logical time, the books, the rows. */
final class Timeline {

    private final String orderId;
    private final StringBuilder text = new StringBuilder();

    private Timeline(String orderId) {
        this.orderId = orderId;
    }

    static String of(String orderId, Evidence evidence) {
        var timeline = new Timeline(orderId);
        timeline.text.append("Order ").append(orderId).append('\n');
        timeline.section("The client's log", evidence.asked(), Timeline::orderOf);
        timeline.messages(evidence.heard());
        timeline.section("The gateway's books", evidence.charges(), Evidence.Charge::orderId);
        timeline.section("The carrier's books", evidence.parcels(), Evidence.Parcel::orderId);
        timeline.section("Order", evidence.orders(), Evidence.Order::id);
        timeline.section("Saga", evidence.sagas(), Evidence.Saga::orderId);
        timeline.section("Reservation", evidence.reservations(), Evidence.Reservation::orderId);
        timeline.section("Stock movements", evidence.movements(), movement -> String.valueOf(movement.orderId()));
        timeline.section("Payment", evidence.payments(), Evidence.Payment::orderId);
        timeline.section("Shipment", evidence.shipments(), Evidence.Shipment::orderId);
        timeline.section("Put aside", evidence.parked(), Evidence.Parked::key);
        return timeline.text.toString();
    }

    private <T> void section(String title, Collection<T> all, Function<T, String> order) {
        List<T> ours = all.stream().filter(one -> order.apply(one).equals(orderId)).toList();
        text.append(title).append(ours.isEmpty() ? ": nothing\n" : "\n");
        ours.forEach(one -> text.append("  ").append(one).append('\n'));
    }

    private void messages(List<Heard> heard) {
        Map<String, List<Heard>> copies = new LinkedHashMap<>();
        heard.stream().filter(record -> orderId.equals(record.key()))
                .sorted(Comparator.comparingLong((Heard record) -> record.envelope().logicalTime())
                        .thenComparing(Heard::topic).thenComparingLong(Heard::offset))
                .forEach(record -> copies.computeIfAbsent(record.envelope().id(), id -> new ArrayList<>()).add(record));
        text.append("Messages, by logical time\n");
        for (List<Heard> message : copies.values()) {
            Envelope envelope = message.getFirst().envelope();
            text.append("  %4d  %-45s %s  caused by %s  at %s%n".formatted(envelope.logicalTime(), envelope.type(),
                    envelope.id(), envelope.causationId(), message.stream().map(Heard::place).toList()));
        }
    }

    private static String orderOf(Asked asked) {
        Acknowledgement told = asked.acknowledged();
        return told == null ? "" : told.orderId();
    }
}
