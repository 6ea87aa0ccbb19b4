package dev.waybill.notification.mails;

import dev.waybill.events.Money;
import dev.waybill.events.OrderEvent.OrderPlaced;
import dev.waybill.events.OrderId;
import dev.waybill.notification.mails.NotificationStatus.Why;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import static java.util.Objects.requireNonNull;

/**
 * What is written to one order's customer. It decides of each fact whether there is a mail about it: one that was long past
 * when it was heard of gets none, and one that comes before the order's placing, as those of another topic may, waits for it. The
 * address is forgotten some time after the order has ended, and is not learned again.
 */
@Entity
class Correspondence {

    @Id
    @Column(name = "order_id")
    private UUID orderId;

    private @Nullable String number;

    @Column(name = "total_minor")
    private @Nullable Long totalMinor;

    @Column(name = "total_currency")
    private @Nullable String totalCurrency;

    private @Nullable String address;

    @Column(name = "ended_at")
    private @Nullable Instant endedAt;

    @Column(name = "forgotten_at")
    private @Nullable Instant forgottenAt;

    @SuppressWarnings("NullAway.Init") // JPA fills it
    protected Correspondence() {}

    /** Nothing is known yet. */
    Correspondence(OrderId orderId) {
        this.orderId = orderId.value();
    }

    /**
     * It becomes known whom to tell. Heard again it changes nothing.
     *
     * @param waiting what waited for that
     */
    void begin(OrderPlaced placed, List<Notification> waiting) {
        if (isKnown()) {
            return;
        }
        number = placed.number().value();
        totalMinor = placed.total().amountMinor();
        totalCurrency = placed.total().currency().getCurrencyCode();
        address = placed.contactEmail();
        waiting.forEach(this::decide);
    }

    /**
     * What is to be told of a fact.
     *
     * @param notOlderThan what was said longer ago than that is long past
     */
    Notification tell(Fact fact, Instant now, Duration notOlderThan) {
        Notification notification = new Notification(fact, now);
        if (notification.template().endsTheOrder()) {
            endedAt = fact.saidAt();
        }
        if (fact.isOlderThan(now.minus(notOlderThan))) {
            notification.endWithout(Why.TOO_OLD);
        } else if (isKnown()) {
            decide(notification);
        }
        return notification;
    }

    private void decide(Notification notification) {
        if (address != null) {
            notification.release();
        } else {
            notification.endWithout(forgottenAt == null ? Why.NO_ADDRESS : Why.ADDRESS_FORGOTTEN);
        }
    }

    boolean isKnown() {
        return number != null;
    }

    OrderId orderId() {
        return new OrderId(orderId);
    }

    /** The number that people use for the order, once that is known. */
    String number() {
        return requireNonNull(number);
    }

    Money total() {
        return Money.of(requireNonNull(totalMinor), requireNonNull(totalCurrency));
    }

    @Nullable String address() {
        return address;
    }

    @Nullable Instant endedAt() {
        return endedAt;
    }

    /** Names nobody: it is what ends up in logs. */
    @Override
    public String toString() {
        return "correspondence about order " + orderId;
    }
}
