package dev.waybill.order.orders;

import dev.waybill.events.Money;
import dev.waybill.events.OrderEvent.ReturnCompleted;
import dev.waybill.events.OrderEvent.ReturnRefusal;
import dev.waybill.events.OrderEvent.ReturnRefused;
import dev.waybill.events.OrderEvent.ReturnRequested;
import dev.waybill.events.OrderId;
import dev.waybill.events.ReturnId;
import dev.waybill.events.StockLine;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Pieces of an order that come back, as part of that order: whoever changes it holds the order's lock. It is settled once,
 * completed or refused, and says the same again when it is told the same again.
 */
@Entity
@Table(name = "order_return")
class OrderReturn {

    enum Status {
        REQUESTED, COMPLETED, REFUSED
    }

    @Id
    private UUID id;

    @Column(name = "order_id")
    private UUID orderId;

    @Enumerated(EnumType.STRING)
    private Status status;

    @JdbcTypeCode(SqlTypes.JSON)
    private List<StockLine> lines;

    @Column(name = "refund_minor")
    private long refundMinor;

    private String currency;

    /** May hold personal data. */
    @Column(name = "stated_reason")
    private String statedReason;

    @Enumerated(EnumType.STRING)
    private @Nullable ReturnRefusal refusal;

    @Column(name = "requested_at")
    private Instant requestedAt;

    @Column(name = "updated_at")
    private Instant updatedAt;

    @SuppressWarnings("NullAway.Init") // Hibernate fills it
    protected OrderReturn() {}

    OrderReturn(ReturnRequested requested, Instant now) {
        this.id = requested.returnId().value();
        this.orderId = requested.orderId().value();
        this.status = Status.REQUESTED;
        this.lines = requested.lines();
        this.refundMinor = requested.refund().amountMinor();
        this.currency = requested.refund().currency().getCurrencyCode();
        this.statedReason = requested.statedReason();
        this.requestedAt = now;
        this.updatedAt = now;
    }

    /**
     * @throws IllegalStateException when it was refused
     */
    ReturnCompleted complete(Instant now) {
        switch (status) {
            case REQUESTED -> become(Status.COMPLETED, now);
            case COMPLETED -> {
                // Said again below.
            }
            case REFUSED -> throw new IllegalStateException(this + " was refused and cannot be completed");
        }
        return new ReturnCompleted(orderId(), id());
    }

    /**
     * @throws IllegalStateException when it was completed, or refused for another reason
     */
    ReturnRefused refuse(ReturnRefusal why, Instant now) {
        switch (status) {
            case REQUESTED -> {
                refusal = why;
                become(Status.REFUSED, now);
            }
            case REFUSED -> {
                if (refusal != why) {
                    throw new IllegalStateException(
                            "%s was refused as %s, which %s contradicts".formatted(this, refusal, why));
                }
            }
            case COMPLETED -> throw new IllegalStateException(this + " was completed and cannot be refused");
        }
        return new ReturnRefused(orderId(), id(), why);
    }

    private void become(Status next, Instant now) {
        status = next;
        updatedAt = now;
    }

    ReturnId id() {
        return new ReturnId(id);
    }

    OrderId orderId() {
        return new OrderId(orderId);
    }

    Status status() {
        return status;
    }

    /** Summed per SKU, in SKU order. */
    List<StockLine> lines() {
        return lines;
    }

    Money refund() {
        return Money.of(refundMinor, currency);
    }

    String statedReason() {
        return statedReason;
    }

    @Nullable ReturnRefusal refusal() {
        return refusal;
    }

    Instant requestedAt() {
        return requestedAt;
    }

    Instant updatedAt() {
        return updatedAt;
    }

    @Override
    public String toString() {
        return "Return %s of order %s".formatted(id, orderId);
    }
}
