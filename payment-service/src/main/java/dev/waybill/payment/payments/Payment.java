package dev.waybill.payment.payments;

import dev.waybill.events.OrderId;
import dev.waybill.messaging.Aggregate;
import dev.waybill.messaging.EventCounter;

import java.util.ArrayList;
import java.util.List;

/**
 * The payment of one order: what has happened to it so far, what it comes to, and what is yet to be stored of that. What may
 * happen is decided by {@link Decider} and {@link RefundDecider}.
 */
final class Payment implements Aggregate {

    private final OrderId orderId;
    private final EventCounter events;
    private final List<PaymentChange> fresh = new ArrayList<>();
    private PaymentState state;
    private long version;

    /** One to which nothing has happened. */
    Payment(OrderId orderId) {
        this(orderId, PaymentState.NEW, 0, new EventCounter());
    }

    /**
     * As it was stored.
     *
     * @param version how many changes the state is made of
     */
    Payment(OrderId orderId, PaymentState state, long version, EventCounter events) {
        this.orderId = orderId;
        this.state = state;
        this.version = version;
        this.events = events;
    }

    /** Takes over what was decided. */
    void follow(Decision decision) {
        for (PaymentChange change : decision.changes()) {
            state = state.evolve(change);
            fresh.add(change);
            version++;
        }
    }

    /** The changes that are not stored yet; the last of them has the number {@link #version()}. */
    List<PaymentChange> fresh() {
        return List.copyOf(fresh);
    }

    OrderId orderId() {
        return orderId;
    }

    PaymentState state() {
        return state;
    }

    /** How many changes there were. */
    long version() {
        return version;
    }

    Decider decider() {
        return new Decider(orderId, state);
    }

    RefundDecider refunds() {
        return new RefundDecider(orderId, state);
    }

    @Override
    public String subject() {
        return "payment/" + orderId;
    }

    @Override
    public EventCounter events() {
        return events;
    }
}
