package dev.waybill.notification.mails;

import dev.waybill.events.Event;
import dev.waybill.events.Message;
import dev.waybill.events.MessageId;
import dev.waybill.events.OrderEvent.OrderPlaced;
import dev.waybill.events.PaymentEvent.PaymentRefunded;
import dev.waybill.messaging.outside.OutsideCalls;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import java.time.Clock;
import java.util.Collection;
import java.util.List;

/**
 * Notes what customers are to be told of, and requests the mails. All of it is one transaction with the inbox, so a mail is about
 * something that was committed, there and here.
 */
@Component
class TellingCustomers {

    private final Correspondences correspondences;
    private final Notifications notifications;
    private final OutsideCalls calls;
    private final NotificationMetrics metrics;
    private final NotificationSettings settings;
    private final Clock clock;

    TellingCustomers(Correspondences correspondences, Notifications notifications, OutsideCalls calls,
            NotificationMetrics metrics, NotificationSettings settings, Clock clock) {
        this.correspondences = correspondences;
        this.notifications = notifications;
        this.calls = calls;
        this.metrics = metrics;
        this.settings = settings;
        this.clock = clock;
    }

    /** Loads and locks what a transaction is about to touch. */
    @Transactional
    void prefetch(Collection<Message> batch) {
        correspondences.lock(batch.stream().map(Message::orderId).distinct().toList());
    }

    /** It is known whom to tell of this order. */
    @Transactional
    void begin(OrderPlaced placed) {
        List<Notification> waiting = notifications.waiting(placed.orderId());
        correspondences.get(placed.orderId()).begin(placed, waiting);
        waiting.forEach(this::follow);
    }

    @Transactional
    void tell(Event event) {
        Fact fact = Fact.heard(event);
        MessageId id = fact.id();
        if (notifications.isNoted(id)) {
            return;
        }
        Notification notification = correspondences.get(event.orderId())
                .tell(fact, clock.instant(), settings.notOlderThan());
        notifications.add(notification);
        follow(notification);
    }

    /** A refund of nothing, as there was nothing left to be given back, is no news. */
    void tellOfRefund(PaymentRefunded refunded) {
        if (refunded.amount().amountMinor() > 0) {
            tell(refunded);
        }
    }

    /** What comes of a notification that has just been decided. */
    private void follow(Notification notification) {
        if (notification.isPending()) {
            calls.request(SendingMails.KIND, notification.orderId());
        }
        if (notification.reason() != null) {
            metrics.endedWithout(notification.reason(), notification.template());
        }
    }
}
