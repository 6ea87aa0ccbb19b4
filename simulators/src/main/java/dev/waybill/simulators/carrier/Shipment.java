package dev.waybill.simulators.carrier;

import dev.waybill.simulators.carrier.CarrierEntry.Booked;
import dev.waybill.simulators.carrier.CarrierEntry.Moved;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A parcel on its way, or not yet on it. It keeps all that happened to it, and its status never goes back. */
final class Shipment {

    private final Booked booked;
    private final List<Moved> moves = new ArrayList<>(2);
    private ShipmentStatus status = ShipmentStatus.BOOKED;

    private Shipment(Booked booked) {
        this.booked = booked;
    }

    /** What has become of a shipment; null if there never was one. */
    static @Nullable Shipment from(List<CarrierEntry> history) {
        Shipment shipment = null;
        for (CarrierEntry entry : history) {
            if (entry instanceof Booked booked) {
                shipment = new Shipment(booked);
            } else if (entry instanceof Moved moved && shipment != null) {
                shipment.apply(moved);
            }
        }
        return shipment;
    }

    private void apply(Moved moved) {
        moves.add(moved);
        if (moved.status().compareTo(status) > 0) {
            status = moved.status();
        }
    }

    ShipmentStatus status() {
        return status;
    }

    String trackingNumber() {
        return booked.trackingNumber();
    }

    String orderId() {
        return booked.orderId();
    }

    int nextNumber() {
        return moves.size() + 2;
    }

    Snapshot snapshot() {
        List<Step> history = new ArrayList<>(moves.size() + 1);
        history.add(new Step(ShipmentStatus.BOOKED, booked.at()));
        moves.forEach(moved -> history.add(new Step(moved.status(), moved.at())));
        return new Snapshot(
                booked.trackingNumber(),
                booked.orderId(),
                status,
                booked.country(),
                booked.at(),
                List.copyOf(history));
    }

    /** A shipment as the carrier's books show it. */
    record Snapshot(
            String trackingNumber,
            String orderId,
            ShipmentStatus status,
            String country,
            Instant bookedAt,
            List<Step> history) {

        /** When it first got this status, or a later one before it. */
        Instant since(ShipmentStatus wanted) {
            return history.stream().filter(step -> step.status() == wanted).map(Step::at).findFirst().orElse(bookedAt);
        }
    }

    record Step(ShipmentStatus status, Instant at) {}
}
