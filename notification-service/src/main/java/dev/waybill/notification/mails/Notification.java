package dev.waybill.notification.mails;

import dev.waybill.events.Event;
import dev.waybill.events.OrderId;
import dev.waybill.messaging.MessageJson;
import dev.waybill.notification.mails.NotificationStatus.Why;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/**
 * That a customer is told of one event, and what became of it. Its id is the event's, so there is one however often the event
 * comes. It is noted whether or not there will be a mail, and says why there is none.
 */
@Entity
class Notification {

    @Id
    private UUID id;

    @Column(name = "order_id", nullable = false)
    private UUID orderId;

    @Enumerated(EnumType.STRING)
    @Column(nullable = false)
    private Template template;

    @Column(nullable = false)
    private String event;

    @Column(name = "said_at", nullable = false)
    private Instant saidAt;

    @Column(name = "logical_time", nullable = false)
    private long logicalTime;

    @Enumerated(EnumType.STRING)
    @Column(nullable = false)
    private NotificationStatus status;

    @Enumerated(EnumType.STRING)
    private @Nullable Why reason;

    @Column(nullable = false)
    private int attempts;

    @Column(name = "created_at", nullable = false)
    private Instant createdAt;

    @Column(name = "sent_at")
    private @Nullable Instant sentAt;

    @SuppressWarnings("NullAway.Init") // JPA fills it
    protected Notification() {}

    /** Waits until it is known whom to tell. */
    Notification(Fact fact, Instant now) {
        this.id = fact.id().value();
        this.orderId = fact.orderId().value();
        this.template = Template.of(fact.event());
        this.event = MessageJson.write(fact.event());
        this.saidAt = fact.saidAt();
        this.logicalTime = fact.logicalTime();
        this.status = NotificationStatus.WAITING;
        this.createdAt = now;
    }

    /** It is known whom to tell. */
    void release() {
        require(status == NotificationStatus.WAITING, NotificationStatus.PENDING);
        status = NotificationStatus.PENDING;
    }

    /** A mail was tried, and nobody knows whether it was taken. */
    void attempted() {
        attempts++;
    }

    void sent(Instant now) {
        require(isPending(), NotificationStatus.SENT);
        status = NotificationStatus.SENT;
        sentAt = now;
        attempts++;
    }

    /** There will be no mail. */
    void endWithout(Why why) {
        require(isPending() || status == NotificationStatus.WAITING, why.status());
        status = why.status();
        reason = why;
        if (why == Why.REFUSED) {
            attempts++;
        }
    }

    private void require(boolean allowed, NotificationStatus to) {
        if (!allowed) {
            throw new IllegalStateException("%s cannot become %s".formatted(this, to));
        }
    }

    UUID id() {
        return id;
    }

    OrderId orderId() {
        return new OrderId(orderId);
    }

    Template template() {
        return template;
    }

    Event event() {
        return MessageJson.read(event.getBytes(StandardCharsets.UTF_8), template.event());
    }

    Instant saidAt() {
        return saidAt;
    }

    NotificationStatus status() {
        return status;
    }

    boolean isPending() {
        return status == NotificationStatus.PENDING;
    }

    @Nullable Why reason() {
        return reason;
    }

    /** How often a mail was tried, as far as is known. */
    int attempts() {
        return attempts;
    }

    Instant createdAt() {
        return createdAt;
    }

    @Nullable Instant sentAt() {
        return sentAt;
    }

    @Override
    public String toString() {
        return "notification %s (%s, %s)".formatted(id, template, status);
    }
}
