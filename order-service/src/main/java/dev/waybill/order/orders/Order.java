package dev.waybill.order.orders;

import dev.waybill.events.Address;
import dev.waybill.events.CustomerId;
import dev.waybill.events.Money;
import dev.waybill.events.OrderEvent.Line;
import dev.waybill.events.OrderEvent.OrderConfirmed;
import dev.waybill.events.OrderEvent.OrderPlaced;
import dev.waybill.events.OrderEvent.OrderRejected;
import dev.waybill.events.OrderEvent.RejectionReason;
import dev.waybill.events.OrderId;
import dev.waybill.events.OrderNumber;
import dev.waybill.events.PaymentMethod;
import dev.waybill.messaging.Aggregate;
import dev.waybill.messaging.EventCounter;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import org.hibernate.annotations.BatchSize;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * An order. It is placed once and then settled once, confirmed or rejected; being told the same again it says the
 * same again, so a command that comes twice is answered twice. What contradicts an end that was reached is refused
 * with an exception.
 */
@Entity
@Table(name = "orders")
class Order implements Aggregate {

    @Id
    private UUID id;

    private String number;

    @Column(name = "customer_id")
    private String customerId;

    @Enumerated(EnumType.STRING)
    private OrderStatus status;

    @Enumerated(EnumType.STRING)
    private @Nullable RejectionReason reason;

    @ElementCollection
    @CollectionTable(name = "order_line", joinColumns = @JoinColumn(name = "order_id"))
    @OrderColumn(name = "position")
    @BatchSize(size = 100)
    private List<OrderLine> lines;

    @Column(name = "total_minor")
    private long totalMinor;

    private String currency;

    @Column(name = "payment_method")
    private String paymentMethod;

    @Embedded
    private ShipTo shipTo;

    @Column(name = "contact_email")
    private @Nullable String contactEmail;

    @Column(name = "placed_at")
    private Instant placedAt;

    @Column(name = "updated_at")
    private Instant updatedAt;

    @Version
    private @Nullable Long version;

    @Embedded
    private EventCounter events = new EventCounter();

    @SuppressWarnings("NullAway.Init") // Hibernate fills it
    protected Order() {}

    private Order(OrderPlaced placed, Instant now) {
        this.id = placed.orderId().value();
        this.number = placed.number().value();
        this.customerId = placed.customerId().value();
        this.status = OrderStatus.PENDING;
        this.lines = placed.lines().stream().map(OrderLine::from).toList();
        this.totalMinor = placed.total().amountMinor();
        this.currency = placed.total().currency().getCurrencyCode();
        this.paymentMethod = placed.paymentMethod().value();
        this.shipTo = ShipTo.from(placed.shippingAddress());
        this.contactEmail = placed.contactEmail();
        this.placedAt = now;
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

    /**
     * @throws IllegalStateException when it was rejected
     */
    OrderConfirmed confirm(Instant now) {
        switch (status) {
            case PENDING -> {
                status = OrderStatus.CONFIRMED;
                updatedAt = now;
            }
            case CONFIRMED -> {
                // Said again below.
            }
            case REJECTED ->
                throw new IllegalStateException("Order %s was rejected and cannot be confirmed".formatted(id));
        }
        return new OrderConfirmed(id());
    }

    /**
     * @throws IllegalStateException when it was confirmed, or rejected for another reason
     */
    OrderRejected reject(RejectionReason why, Instant now) {
        switch (status) {
            case PENDING -> {
                status = OrderStatus.REJECTED;
                reason = why;
                updatedAt = now;
            }
            case REJECTED -> {
                if (reason != why) {
                    throw new IllegalStateException(
                            "Order %s was rejected as %s, which %s contradicts".formatted(id, reason, why));
                }
            }
            case CONFIRMED ->
                throw new IllegalStateException("Order %s was confirmed and cannot be rejected".formatted(id));
        }
        return new OrderRejected(id(), why);
    }

    @Override
    public String subject() {
        return "order/" + id;
    }

    @Override
    public EventCounter events() {
        return events;
    }

    OrderId id() {
        return new OrderId(id);
    }

    OrderNumber number() {
        return new OrderNumber(number);
    }

    CustomerId customerId() {
        return new CustomerId(customerId);
    }

    OrderStatus status() {
        return status;
    }

    @Nullable RejectionReason reason() {
        return reason;
    }

    List<Line> lines() {
        Currency inCurrency = Currency.getInstance(currency);
        return lines.stream().map(line -> line.in(inCurrency)).toList();
    }

    Money total() {
        return Money.of(totalMinor, currency);
    }

    PaymentMethod paymentMethod() {
        return new PaymentMethod(paymentMethod);
    }

    Address shippingAddress() {
        return shipTo.toAddress();
    }

    Instant placedAt() {
        return placedAt;
    }

    Instant updatedAt() {
        return updatedAt;
    }

    long version() {
        return Objects.requireNonNullElse(version, 0L);
    }
}
