package dev.waybill.simulators.carrier;

import dev.waybill.simulators.books.Request;
import dev.waybill.simulators.carrier.CarrierEntry.AlreadyThere;
import dev.waybill.simulators.carrier.CarrierEntry.Booked;
import dev.waybill.simulators.carrier.CarrierEntry.Moved;
import dev.waybill.simulators.carrier.CarrierEntry.Refused;
import dev.waybill.simulators.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What the carrier knows. Deciding changes nothing and answers the entry to write down; applying an entry changes what the
 * next decision sees. It leaves thread safety and repeated keys to the books.
 */
final class CarrierLedger {

    private static final String NOWHERE = "XX";

    private final Clock clock;
    private final Supplier<String> trackingNumbers;
    private final Map<String, Shipment> shipments = new LinkedHashMap<>();
    private final Map<String, List<Shipment>> byOrder = new HashMap<>();

    /**
     * @param trackingNumbers makes up a new tracking number
     */
    CarrierLedger(Clock clock, Supplier<String> trackingNumbers) {
        this.clock = clock;
        this.trackingNumbers = trackingNumbers;
    }

    CarrierEntry book(Request request, String orderId, String country, boolean unwilling) {
        return unwilling || country.equals(NOWHERE)
                ? new Refused(request, Refusal.ADDRESS_NOT_SERVED)
                : new Booked(request, unusedTrackingNumber(), orderId, country, clock.instant());
    }

    CarrierEntry dispatch(Request request, String trackingNumber) {
        Shipment shipment = existing(trackingNumber);
        return switch (shipment.status()) {
            case BOOKED -> moved(request, shipment, ShipmentStatus.DISPATCHED);
            case DISPATCHED, HANDED_OVER, IN_TRANSIT, DELIVERED ->
                new AlreadyThere(request, trackingNumber, ShipmentStatus.DISPATCHED);
            case CANCELLED -> new Refused(request, Refusal.CANCELLED);
        };
    }

    CarrierEntry cancel(Request request, String trackingNumber, Supplier<Boolean> unwilling) {
        Shipment shipment = existing(trackingNumber);
        return switch (shipment.status()) {
            case BOOKED, DISPATCHED -> unwilling.get()
                    ? new Refused(request, Refusal.ALREADY_HANDED_OVER)
                    : moved(request, shipment, ShipmentStatus.CANCELLED);
            case HANDED_OVER, IN_TRANSIT, DELIVERED -> new Refused(request, Refusal.ALREADY_HANDED_OVER);
            case CANCELLED -> new AlreadyThere(request, trackingNumber, ShipmentStatus.CANCELLED);
        };
    }

    /** A driver's scan; nobody repeats it with a key, so a parcel that no driver can have is an error. */
    Moved scan(String trackingNumber, ShipmentStatus status) {
        Shipment shipment = existing(trackingNumber);
        return switch (shipment.status()) {
            case DISPATCHED, HANDED_OVER, IN_TRANSIT, DELIVERED -> moved(null, shipment, status);
            case BOOKED -> throw problem(Refusal.NOT_DISPATCHED);
            case CANCELLED -> throw problem(Refusal.CANCELLED);
        };
    }

    void apply(CarrierEntry entry) {
        switch (entry) {
            case Booked booked -> {
                var shipment = new Shipment(booked);
                shipments.put(booked.trackingNumber(), shipment);
                byOrder.computeIfAbsent(booked.orderId(), order -> new ArrayList<>(1)).add(shipment);
            }
            case Moved moved -> existing(moved.trackingNumber()).apply(moved);
            case AlreadyThere repeated -> {
            }
            case Refused refused -> {
            }
        }
    }

    /** The shipments in the order of their booking. */
    List<Shipment.Snapshot> shipments(@Nullable String orderId) {
        return (orderId == null ? shipments.values() : byOrder.getOrDefault(orderId, List.of())).stream()
                .map(Shipment::snapshot).toList();
    }

    Shipment.Snapshot shipment(String trackingNumber) {
        return existing(trackingNumber).snapshot();
    }

    private Moved moved(@Nullable Request request, Shipment shipment, ShipmentStatus status) {
        return new Moved(
                request,
                shipment.trackingNumber(),
                shipment.nextNumber(),
                shipment.orderId(),
                status,
                clock.instant());
    }

    private Shipment existing(String trackingNumber) {
        Shipment shipment = shipments.get(trackingNumber);
        if (shipment == null) {
            throw new ProblemException(HttpStatus.NOT_FOUND, "NO_SUCH_SHIPMENT", "There is no such shipment");
        }
        return shipment;
    }

    private String unusedTrackingNumber() {
        String trackingNumber = trackingNumbers.get();
        while (shipments.containsKey(trackingNumber)) {
            trackingNumber = trackingNumbers.get();
        }
        return trackingNumber;
    }

    private static ProblemException problem(Refusal refusal) {
        return new ProblemException(refusal.status(), refusal.name(), refusal.sentence());
    }
}
