package dev.waybill.shipping.shipments;

import dev.waybill.events.OrderId;
import dev.waybill.events.ShippingCommand.BookShipment;
import dev.waybill.events.ShippingEvent;
import dev.waybill.events.ShippingEvent.ShipmentRefusal;
import dev.waybill.messaging.Aggregate;
import dev.waybill.messaging.EventCounter;
import dev.waybill.messaging.MessageJson;
import dev.waybill.shipping.shipments.Decision.Answer;
import dev.waybill.shipping.shipments.Decision.Ask;
import dev.waybill.shipping.shipments.ParcelScans.Scan;
import jakarta.persistence.Convert;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import static java.util.Objects.requireNonNull;

/**
 * The shipment of one order. A parcel leaves only when it is dispatched, and never after a cancellation: one that comes first
 * stays, and refuses the booking that comes later. One that comes while another call is under way waits for its answer,
 * since what there is to cancel has to be known first.
 *
 * <p>Every command gets one answer of its own. One whose effect is there already is answered again, without a second effect.
 * Scans are facts: they are kept whenever they come, and take effect as soon as they can. The address is forgotten as soon as
 * the label is printed, or it is settled that there will be none.
 */
@Entity
class Shipment implements Aggregate {

    @Id
    private UUID orderId;

    @Version
    private @Nullable Long version;

    @Enumerated(EnumType.STRING)
    private ShipmentStatus status = ShipmentStatus.NEW;

    private boolean inDoubt;
    private boolean cancelRequested;
    private @Nullable String booking;

    @Enumerated(EnumType.STRING)
    private @Nullable ShipmentRefusal refusal;

    @Convert(converter = ShipmentHistory.AsJson.class)
    private ShipmentHistory history = ShipmentHistory.EMPTY;

    @Embedded
    private Parcel parcel = new Parcel();

    @Embedded
    private EventCounter events = new EventCounter();

    @SuppressWarnings("NullAway.Init") // filled by JPA
    protected Shipment() {}

    Shipment(OrderId orderId) {
        this.orderId = orderId.value();
    }

    /** Takes a place with the carrier, unless a cancellation came first. */
    Decision book(BookShipment command, Instant now) {
        return switch (status) {
            case NEW -> {
                booking = MessageJson.write(command);
                enter(ShipmentStatus.BOOKING, now);
                yield new Ask(CarrierCall.BOOK);
            }
            case BOOKING -> {
                if (!command.equals(booking())) {
                    throw forbidden("be booked a second time with other contents or another address");
                }
                yield new Ask(CarrierCall.BOOK);
            }
            case BOOKED, REFUSED, DISPATCHING, DISPATCHED, HANDED_OVER, CANCELLING, CANCELLED -> standing().booking();
        };
    }

    Answer bookingAnswered(CarrierAnswer.ToBooking answer, Instant now) {
        return switch (answer) {
            case CarrierAnswer.Booked(String by, String number) -> {
                leave(ShipmentStatus.BOOKING, ShipmentStatus.BOOKED, now);
                parcel.booked(by, number);
                var booked = standing().booking();
                cancelIfRequested(now);
                yield booked;
            }
            case CarrierAnswer.Refused(ShipmentRefusal reason) -> {
                leave(ShipmentStatus.BOOKING, ShipmentStatus.REFUSED, now);
                refusal = reason;
                booking = null;
                yield standing().booking();
            }
            case CarrierAnswer.SettledBefore() -> standing().booking();
        };
    }

    /** Prints the label and lets the parcel leave. Forbidden where none is booked, or it is to be cancelled. */
    Decision dispatch(Instant now) {
        return switch (status) {
            case BOOKED -> {
                enter(ShipmentStatus.DISPATCHING, now);
                yield new Ask(CarrierCall.DISPATCH);
            }
            case DISPATCHING -> new Ask(CarrierCall.DISPATCH);
            case DISPATCHED, HANDED_OVER -> standing().dispatch();
            case NEW, BOOKING, REFUSED, CANCELLING, CANCELLED -> throw forbidden("be dispatched");
        };
    }

    Answer dispatchAnswered(CarrierAnswer.ToDispatch answer, Instant now) {
        return switch (answer) {
            case CarrierAnswer.Dispatched(String url) -> {
                leave(ShipmentStatus.DISPATCHING, ShipmentStatus.DISPATCHED, now);
                parcel.labelled(url);
                booking = null;
                var dispatched = standing().dispatch();
                cancelIfRequested(now);
                yield dispatched;
            }
            case CarrierAnswer.SettledBefore() -> standing().dispatch();
        };
    }

    /** Sees to it that no parcel leaves, or finds out that it is too late for that. */
    Decision cancel(Instant now) {
        return switch (status) {
            case NEW -> {
                enter(ShipmentStatus.CANCELLED, now);
                yield standing().cancellation();
            }
            case BOOKING, DISPATCHING -> {
                cancelRequested = true;
                yield new Ask(CarrierCall.CANCEL);
            }
            case BOOKED, DISPATCHED -> {
                enter(ShipmentStatus.CANCELLING, now);
                yield new Ask(CarrierCall.CANCEL);
            }
            case CANCELLING -> new Ask(CarrierCall.CANCEL);
            case HANDED_OVER -> {
                if (!parcel.scans().isEmpty()) {
                    yield standing().cancellation();
                }
                // Known from a refusal only: the carrier is asked once more, its word may have changed.
                enter(ShipmentStatus.CANCELLING, now);
                yield new Ask(CarrierCall.CANCEL);
            }
            case REFUSED, CANCELLED -> standing().cancellation();
        };
    }

    /** A refused one leaves the shipment as it was: with the carrier if it has a label, else booked. */
    Answer cancellationAnswered(CarrierAnswer.ToCancellation answer, Instant now) {
        return switch (answer) {
            case CarrierAnswer.Cancelled() -> {
                leave(ShipmentStatus.CANCELLING, ShipmentStatus.CANCELLED, now);
                booking = null;
                yield standing().cancellation();
            }
            case CarrierAnswer.AlreadyHandedOver() -> {
                var back = parcel.labelUrl() == null ? ShipmentStatus.BOOKED : ShipmentStatus.HANDED_OVER;
                leave(ShipmentStatus.CANCELLING, back, now);
                yield standing().cancellation();
            }
            case CarrierAnswer.SettledBefore() -> standing().cancellation();
        };
    }

    private Standing standing() {
        return new Standing(orderId(), status, parcel, refusal);
    }

    private void cancelIfRequested(Instant now) {
        if (cancelRequested) {
            cancelRequested = false;
            enter(ShipmentStatus.CANCELLING, now);
        }
    }

    /** The carrier has been asked and has not answered. */
    void doubt() {
        inDoubt = switch (status) {
            case BOOKING, DISPATCHING, CANCELLING -> true;
            case NEW, BOOKED, REFUSED, DISPATCHED, HANDED_OVER, CANCELLED -> false;
        };
    }

    /** A driver has seen the parcel: a fact, taken in every state. */
    List<ShippingEvent> scanned(Scan scan) {
        parcel.scanned(scan);
        return followScans();
    }

    /** What is to be told of the scans by now. While a call is under way, and as long as there is no label, they wait. */
    List<ShippingEvent> followScans() {
        return switch (status) {
            case DISPATCHED, HANDED_OVER -> {
                status = parcel.scans().isEmpty() ? status : ShipmentStatus.HANDED_OVER;
                yield parcel.tell(orderId());
            }
            case NEW, BOOKING, BOOKED, REFUSED, DISPATCHING, CANCELLING, CANCELLED -> List.of();
        };
    }

    /** Whether the carrier has a parcel that it would not take, or had forgotten. */
    boolean hasLeftAllTheSame() {
        return !parcel.scans().isEmpty() && (status == ShipmentStatus.REFUSED || status == ShipmentStatus.CANCELLED);
    }

    private void leave(ShipmentStatus from, ShipmentStatus to, Instant now) {
        if (status != from) {
            throw forbidden("go from %s to %s".formatted(from, to));
        }
        inDoubt = false;
        enter(to, now);
    }

    private void enter(ShipmentStatus to, Instant now) {
        status = to;
        history = history.with(to, now);
    }

    private IllegalStateException forbidden(String what) {
        return new IllegalStateException("The shipment of %s is %s and cannot %s".formatted(orderId, status, what));
    }

    OrderId orderId() {
        return new OrderId(orderId);
    }

    ShipmentStatus status() {
        return status;
    }

    boolean inDoubt() {
        return inDoubt;
    }

    /** What is to be shipped and where to; forgotten in the end. */
    BookShipment booking() {
        return MessageJson.read(requireNonNull(booking).getBytes(StandardCharsets.UTF_8), BookShipment.class);
    }

    boolean knowsTheAddress() {
        return booking != null;
    }

    Parcel parcel() {
        return parcel;
    }

    List<ShipmentHistory.Entry> history() {
        return history.entries();
    }

    @Override
    public String subject() {
        return "shipment/" + orderId;
    }

    @Override
    public EventCounter events() {
        return events;
    }
}
