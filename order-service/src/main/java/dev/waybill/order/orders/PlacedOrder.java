package dev.waybill.order.orders;

import dev.waybill.events.Address;
import dev.waybill.events.CustomerId;
import dev.waybill.events.Money;
import dev.waybill.events.OrderEvent.Line;
import dev.waybill.events.OrderEvent.OrderPlaced;
import dev.waybill.events.OrderId;
import dev.waybill.events.OrderNumber;
import dev.waybill.events.PaymentMethod;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embedded;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.OrderColumn;
import org.hibernate.annotations.BatchSize;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.UUID;

/** What of an order is settled with its placing, and never changes after it. */
@MappedSuperclass
abstract class PlacedOrder {

    @Id
    private UUID id;

    private String number;

    @Column(name = "customer_id")
    private String customerId;

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

    @SuppressWarnings("NullAway.Init") // Hibernate fills it
    protected PlacedOrder() {}

    PlacedOrder(OrderPlaced placed, Instant now) {
        this.id = placed.orderId().value();
        this.number = placed.number().value();
        this.customerId = placed.customerId().value();
        this.lines = placed.lines().stream().map(OrderLine::from).toList();
        this.totalMinor = placed.total().amountMinor();
        this.currency = placed.total().currency().getCurrencyCode();
        this.paymentMethod = placed.paymentMethod().value();
        this.shipTo = ShipTo.from(placed.shippingAddress());
        this.contactEmail = placed.contactEmail();
        this.placedAt = now;
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
}
