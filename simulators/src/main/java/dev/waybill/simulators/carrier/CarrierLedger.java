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
import java.util.List;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * What the carrier may do. It decides from what has happened so far and answers the entry to write down; it remembers
 * nothing, and leaves thread safety and repeated keys to the books.
 */
final class CarrierLedger {

    private static final String NOWHERE = "XX";

    private final Clock clock;
    private final Supplier<String> trackingNumbers;
    private final IntSupplier webhooks;
    private final Function<String, List<CarrierEntry>> history;

    /**
     * @param trackingNumbers makes up a tracking number that was never used
     * @param webhooks how many are sent about the next effect
     * @param history what has happened to a shipment, by its tracking number
     */
    CarrierLedger(
            Clock clock,
            Supplier<String> trackingNumbers,
            IntSupplier webhooks,
            Function<String, List<CarrierEntry>> history) {
        this.clock = clock;
        this.trackingNumbers = trackingNumbers;
        this.webhooks = webhooks;
        this.history = history;
    }

    CarrierEntry book(Request request, String orderId, String country, boolean unwilling) {
        return unwilling || country.equals(NOWHERE)
                ? new Refused(request, Refusal.ADDRESS_NOT_SERVED)
                : new Booked(
                        request,
                        trackingNumbers.get(),
                        orderId,
                        country,
                        clock.instant(),
                        webhooks.getAsInt());
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

    /** A parcel's own move; none, if it is not where it was any more. */
    @Nullable Moved advance(String trackingNumber, ShipmentStatus from, ShipmentStatus to) {
        Shipment shipment = existing(trackingNumber);
        return shipment.status() == from ? moved(null, shipment, to) : null;
    }

    private Moved moved(@Nullable Request request, Shipment shipment, ShipmentStatus status) {
        return new Moved(
                request,
                shipment.trackingNumber(),
                shipment.nextNumber(),
                shipment.orderId(),
                status,
                clock.instant(),
                webhooks.getAsInt());
    }

    private Shipment existing(String trackingNumber) {
        Shipment shipment = Shipment.from(history.apply(trackingNumber));
        if (shipment == null) {
            throw unknown();
        }
        return shipment;
    }

    static ProblemException unknown() {
        return new ProblemException(HttpStatus.NOT_FOUND, "NO_SUCH_SHIPMENT", "There is no such shipment");
    }

    private static ProblemException problem(Refusal refusal) {
        return new ProblemException(refusal.status(), refusal.name(), refusal.sentence());
    }
}
