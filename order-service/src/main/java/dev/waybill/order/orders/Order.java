package dev.waybill.order.orders;

import dev.waybill.events.Address;
import dev.waybill.events.CancellationId;
import dev.waybill.events.CustomerId;
import dev.waybill.events.MessageId;
import dev.waybill.events.Money;
import dev.waybill.events.OrderEvent.CancellationRefusal;
import dev.waybill.events.OrderEvent.CancellationRequested;
import dev.waybill.events.OrderEvent.Line;
import dev.waybill.events.OrderEvent.OrderCancelled;
import dev.waybill.events.OrderEvent.OrderConfirmed;
import dev.waybill.events.OrderEvent.OrderPlaced;
import dev.waybill.events.OrderEvent.OrderReinstated;
import dev.waybill.events.OrderEvent.OrderRejected;
import dev.waybill.events.OrderEvent.RejectionReason;
import dev.waybill.events.OrderEvent.ReturnRequested;
import dev.waybill.events.OrderId;
import dev.waybill.events.OrderNumber;
import dev.waybill.events.PaymentMethod;
import dev.waybill.events.ReturnId;
import dev.waybill.events.StockLine;
import dev.waybill.messaging.Aggregate;
import dev.waybill.messaging.EventCounter;
import dev.waybill.order.orders.Parcel.Progress;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import org.hibernate.annotations.BatchSize;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * An order. What is known of it is kept apart, as it comes from different sides in any order: whether the fulfillment has
 * succeeded, how far the parcel is, whether a cancellation is under way. The status follows from these until the order ends,
 * rejected or cancelled. Being told the same again it says the same again, so a command that comes twice is answered twice. A
 * command that contradicts what is known is refused with an exception; a scan never is.
 */
@Entity
@Table(name = "orders")
class Order extends PlacedOrder implements Aggregate {

    /** Of an order that was not cancelled on anybody's request: an operator had its fulfillment turned back. */
    static final String NOBODY_STATED_A_REASON = "Cancelled by the merchant";

    @Enumerated(EnumType.STRING)
    private OrderStatus status;

    private @Nullable String reason;

    private boolean confirmed;

    @Embedded
    private Parcel parcel = new Parcel();

    @Embedded
    private Cancellation cancellation = new Cancellation();

    /** What it takes to write them is done by the returns themselves. */
    @OneToMany(cascade = CascadeType.PERSIST)
    @JoinColumn(name = "order_id", insertable = false, updatable = false)
    @OrderBy("id")
    @BatchSize(size = 100)
    private List<OrderReturn> returns = new ArrayList<>();

    @Column(name = "updated_at")
    private Instant updatedAt;

    @Version
    private @Nullable Long version;

    @Embedded
    private EventCounter events = new EventCounter();

    @SuppressWarnings("NullAway.Init") // Hibernate fills it
    protected Order() {}

    private Order(OrderPlaced placed, Instant now) {
        super(placed, now);
        this.status = OrderStatus.PENDING;
        this.updatedAt = now;
    }

    /** A new order, and what it says about itself. */
    record Placed(Order order, OrderPlaced event) {}

    /**
     * @param lines at least one, all in one currency; their sum has to fit into an amount of money
     */
    static Placed place(
            OrderId id,
            OrderNumber number,
            CustomerId customerId,
            List<Line> lines,
            PaymentMethod paymentMethod,
            Address shippingAddress,
            @Nullable String contactEmail,
            Instant now) {
        Money total = lines.stream().map(Line::subtotal).reduce(Money::plus)
                .orElseThrow(() -> new IllegalArgumentException("An order has at least one line"));
        var event = new OrderPlaced(
                id, number, customerId, lines, total, paymentMethod, shippingAddress, contactEmail);
        return new Placed(new Order(event, now), event);
    }

    /** The answer, and what had been known of the parcel and waited for it. */
    record Confirmed(OrderConfirmed answer, List<ParcelNews> waited) {}

    /**
     * @throws IllegalStateException when it has ended otherwise
     */
    Confirmed confirm(Instant now) {
        List<ParcelNews> waited = List.of();
        if (!isConfirmed()) {
            if (hasEnded()) {
                throw cannotBe("confirmed");
            }
            confirmed = true;
            stand(now);
            waited = parcel.newsSince(Progress.WITH_US, id());
        }
        return new Confirmed(new OrderConfirmed(id()), waited);
    }

    /**
     * @throws IllegalStateException when it was confirmed, cancelled, or rejected for another reason
     */
    OrderRejected reject(RejectionReason why, Instant now) {
        if (status == OrderStatus.REJECTED) {
            if (!why.name().equals(reason)) {
                throw new IllegalStateException(
                        "Order %s was rejected as %s, which %s contradicts".formatted(id(), reason, why));
            }
        } else if (isConfirmed() || hasEnded()) {
            throw cannotBe("rejected");
        } else {
            end(OrderStatus.REJECTED, why.name(), now);
        }
        return new OrderRejected(id(), why);
    }

    CancellationOutcome requestCancellation(CancellationId cancellationId, String statedReason, Instant now) {
        return switch (status) {
            case REJECTED, CANCELLED -> new CancellationOutcome.TooLate(status);
            case CANCELLING -> new CancellationOutcome.UnderWay();
            case PENDING, CONFIRMED, SHIPPED, DELIVERED -> {
                if (parcel.hasLeft() || isComingBack()) {
                    yield new CancellationOutcome.TooLate(status);
                }
                cancellation.begin(cancellationId, statedReason);
                stand(now);
                yield new CancellationOutcome.Requested(
                        new CancellationRequested(id(), cancellationId, statedReason));
            }
        };
    }

    /**
     * @throws IllegalStateException when it was rejected, or when it was confirmed and no cancellation is under way
     */
    OrderCancelled cancel(Instant now) {
        switch (status) {
            case PENDING, CANCELLING ->
                end(OrderStatus.CANCELLED, cancellation.statedReason().orElse(NOBODY_STATED_A_REASON), now);
            case CANCELLED -> {
                // Said again below.
            }
            case CONFIRMED, SHIPPED, DELIVERED, REJECTED -> throw cannotBe("cancelled");
        }
        return new OrderCancelled(id());
    }

    /**
     * @throws IllegalStateException when this cancellation is not under way, and was not refused before
     */
    OrderReinstated reinstate(CancellationId cancellationId, CancellationRefusal why, Instant now) {
        if (status == OrderStatus.CANCELLING && cancellation.isUnderWay(cancellationId)) {
            cancellation.refuse();
            stand(now);
        } else if (!cancellation.wasRefused(cancellationId)) {
            throw cannotBe("reinstated from cancellation " + cancellationId);
        }
        return new OrderReinstated(id(), cancellationId, why);
    }

    /** @param scan the message that says that the carrier has seen the parcel */
    Scanned scanned(Progress at, String trackingNumber, MessageId scan, Instant now) {
        Progress before = parcel.progress();
        if (!parcel.seen(at, trackingNumber, scan)) {
            return new Scanned.Duplicate();
        }
        if (hasEnded()) {
            return new Scanned.Contradicting();
        }
        stand(now);
        return confirmed ? new Scanned.Said(parcel.newsSince(before, id())) : new Scanned.Early();
    }

    ReturnOutcome requestReturn(ReturnId returnId, List<StockLine> wished, String statedReason, Instant now) {
        return switch (status) {
            case SHIPPED, DELIVERED -> takeBack(returnId, wished, statedReason, now);
            // The carrier has said that it has the parcel, if not yet by a scan.
            case CONFIRMED -> cancellation.wasEverRefused()
                    ? takeBack(returnId, wished, statedReason, now)
                    : new ReturnOutcome.NotNow(status, parcel.hasLeft());
            case PENDING, CANCELLING, REJECTED, CANCELLED -> new ReturnOutcome.NotNow(status, parcel.hasLeft());
        };
    }

    /** What comes back was with the customer, whether or not a scan has said so: it is not paid back a second time. */
    private boolean isComingBack() {
        return cancellation.wasEverRefused()
                && returns.stream().anyMatch(taken -> taken.status() != OrderReturn.Status.REFUSED);
    }

    private ReturnOutcome takeBack(ReturnId returnId, List<StockLine> wished, String statedReason, Instant now) {
        Returnable returnable = Returnable.of(lines(), returns);
        var objections = returnable.objectionsTo(wished);
        if (!objections.isEmpty()) {
            return new ReturnOutcome.NotThese(objections);
        }
        List<StockLine> pieces = Returnable.summed(wished);
        var event = new ReturnRequested(id(), returnId, pieces, returnable.priceOf(pieces), statedReason);
        var accepted = new OrderReturn(event, now);
        returns.add(accepted);
        return new ReturnOutcome.Requested(accepted, event);
    }

    /**
     * @throws IllegalArgumentException when the order has no such return
     */
    OrderReturn returned(ReturnId returnId) {
        return returns.stream().filter(candidate -> candidate.id().equals(returnId)).findFirst().orElseThrow(
                () -> new IllegalArgumentException("Order %s has no return %s".formatted(id(), returnId)));
    }

    /** It has ended without a parcel, as far as anybody decided, and the carrier has one. */
    boolean isContradictedByItsParcel() {
        return hasEnded() && parcel.hasLeft();
    }

    private boolean hasEnded() {
        return status == OrderStatus.REJECTED || status == OrderStatus.CANCELLED;
    }

    /** An order that an earlier release confirmed says so by its status alone. */
    boolean isConfirmed() {
        return confirmed || status == OrderStatus.CONFIRMED;
    }

    private void end(OrderStatus how, String why, Instant now) {
        status = how;
        reason = why;
        updatedAt = now;
    }

    /** Where it stands by what is known of it. */
    private void stand(Instant now) {
        confirmed = isConfirmed();
        status = OrderStatus.of(cancellation.isUnderWay(), confirmed, parcel.progress());
        updatedAt = now;
    }

    private IllegalStateException cannotBe(String what) {
        return new IllegalStateException("Order %s is %s and cannot be %s".formatted(id(), status, what));
    }

    @Override
    public String subject() {
        return "order/" + id();
    }

    @Override
    public OrderNumber orderNumber() {
        return number();
    }

    @Override
    public EventCounter events() {
        return events;
    }

    OrderStatus status() {
        return status;
    }

    /** Why it was rejected or cancelled. */
    @Nullable String reason() {
        return reason;
    }

    Instant updatedAt() {
        return updatedAt;
    }

    long version() {
        return Objects.requireNonNullElse(version, 0L);
    }
}
