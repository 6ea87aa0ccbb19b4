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
        PENDING, BOOKED, DISPATCHED, HANDED_OVER, IN_TRANSIT, DELIVERED, CANCELLED, REFUSED
    }

    /** The shipment was this from then on. */
    record Step(Instant at, Status status) {}

    static ShipmentView from(Shipment shipment) {
        Parcel parcel = shipment.parcel();
        return new ShipmentView(
                shipment.orderId(),
                status(shipment),
                parcel.isBooked() ? parcel.carrier() : null,
                parcel.isBooked() ? parcel.trackingNumber() : null,
                parcel.labelUrl(),
                history(shipment));
    }

    private static Status status(Shipment shipment) {
        ParcelStatus told = shipment.parcel().told();
        return told == null ? shown(shipment.status(), shipment.parcel().labelUrl() != null) : shown(told);
    }

    /** Our own steps, where what is shown the same is one; then the parcel's way, in the order of the carrier's clock. */
    private static List<Step> history(Shipment shipment) {
        List<Step> steps = new ArrayList<>();
        boolean labelled = false;
        for (ShipmentHistory.Entry entry : shipment.history()) {
            labelled |= entry.status() == ShipmentStatus.DISPATCHED;
            Status status = shown(entry.status(), labelled);
            if (steps.isEmpty() || steps.getLast().status() != status) {
                steps.add(new Step(entry.at(), status));
            }
        }
        if (shipment.parcel().hasScan(ParcelStatus.HANDED_OVER)) {
            // We may have heard of it before, when a cancellation was refused; the driver knows better when it was.
            steps.removeIf(step -> step.status() == Status.HANDED_OVER);
        }
        shipment.parcel().scans().forEach(scan -> steps.add(new Step(scan.at(), shown(scan.status()))));
        return steps;
    }

    private static Status shown(ParcelStatus status) {
        return switch (status) {
            case HANDED_OVER -> Status.HANDED_OVER;
            case IN_TRANSIT -> Status.IN_TRANSIT;
            case DELIVERED -> Status.DELIVERED;
        };
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
