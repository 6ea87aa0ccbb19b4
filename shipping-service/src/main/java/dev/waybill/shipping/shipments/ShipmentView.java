package dev.waybill.shipping.shipments;

import dev.waybill.events.OrderId;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A shipment as it is shown. */
record ShipmentView(
        OrderId orderId,
        Status status,
        @Nullable String carrier,
        @Nullable String trackingNumber,
        @Nullable String labelUrl,
        List<Step> history) {

    /** What others need to know of {@link ShipmentStatus}. Open. */
    enum Status {
        PENDING, BOOKED, DISPATCHED, HANDED_OVER, CANCELLED, REFUSED
    }

    /** The shipment was this from then on. */
    record Step(Instant at, Status status) {}

    static ShipmentView from(Shipment shipment) {
        return new ShipmentView(
                shipment.orderId(),
                shown(shipment.status(), shipment.labelUrl() != null),
                shipment.carrier(),
                shipment.trackingNumberIfAny(),
                shipment.labelUrl(),
                shown(shipment.history()));
    }

    /** What is shown the same is one step. */
    private static List<Step> shown(List<ShipmentHistory.Entry> history) {
        List<Step> steps = new ArrayList<>();
        boolean labelled = false;
        for (ShipmentHistory.Entry entry : history) {
            labelled |= entry.status() == ShipmentStatus.DISPATCHED;
            Status status = shown(entry.status(), labelled);
            if (steps.isEmpty() || steps.getLast().status() != status) {
                steps.add(new Step(entry.at(), status));
            }
        }
        return steps;
    }

    private static Status shown(ShipmentStatus status, boolean labelled) {
        return switch (status) {
            case NEW, BOOKING -> Status.PENDING;
            case BOOKED, DISPATCHING -> Status.BOOKED;
            case CANCELLING -> labelled ? Status.DISPATCHED : Status.BOOKED;
            case REFUSED -> Status.REFUSED;
            case DISPATCHED -> Status.DISPATCHED;
            case HANDED_OVER -> Status.HANDED_OVER;
            case CANCELLED -> Status.CANCELLED;
        };
    }
}
