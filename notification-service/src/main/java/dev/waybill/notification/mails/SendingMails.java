package dev.waybill.notification.mails;

import dev.waybill.events.OrderId;
import dev.waybill.messaging.outside.OutsideCall;
import dev.waybill.notification.mails.NotificationStatus.Why;
import org.springframework.stereotype.Component;

import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/**
 * Sends an order's next mail. There is one call for each notification, and an order's calls are made one after another, so its mails
 * go out in the order of the facts; a mail in doubt is sent again before any other. SMTP has no idempotency key: a mail that was
 * taken while its record was lost goes out twice, under one Message-ID.
 */
@Component
class SendingMails implements OutsideCall<SendingMails.Outcome> {

    static final String KIND = "mail.send";

    private final Notifications notifications;
    private final Correspondences correspondences;
    private final Letters letters;
    private final Mailer mailer;
    private final NotificationMetrics metrics;
    private final NotificationSettings settings;
    private final Clock clock;

    SendingMails(Notifications notifications, Correspondences correspondences, Letters letters, Mailer mailer,
            NotificationMetrics metrics, NotificationSettings settings, Clock clock) {
        this.notifications = notifications;
        this.correspondences = correspondences;
        this.letters = letters;
        this.mailer = mailer;
        this.metrics = metrics;
        this.settings = settings;
        this.clock = clock;
    }

    /** What became of the mail about a notification. */
    sealed interface Outcome {}

    record Sent(UUID notification) implements Outcome {}

    record NotSent(UUID notification, Why why) implements Outcome {}

    /** The notification that the call was requested for has been sent already. */
    record NothingToSend() implements Outcome {}

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Outcome call(OrderId orderId, UUID idempotencyKey) {
        Optional<Notification> next = notifications.nextToSend(orderId);
        if (next.isEmpty()) {
            return new NothingToSend();
        }
        Notification notification = next.get();
        Correspondence order = correspondences.get(orderId);
        String address = order.address();
        if (address == null) {
            return new NotSent(notification.id(), Why.ADDRESS_FORGOTTEN);
        }
        if (notification.attempts() > 0
                && notification.createdAt().isBefore(clock.instant().minus(settings.giveUpAfter()))) {
            return new NotSent(notification.id(), Why.GIVEN_UP);
        }
        return switch (mailer.send(letters.write(notification, order.number(), order.total(), address))) {
            case Mailer.Taken _ -> new Sent(notification.id());
            case Mailer.Refused _ -> new NotSent(notification.id(), Why.REFUSED);
            case Mailer.NoAddress _ -> new NotSent(notification.id(), Why.BAD_ADDRESS);
        };
    }

    @Override
    public void record(OrderId orderId, Outcome outcome) {
        switch (outcome) {
            case Sent(var id) -> {
                Notification notification = notifications.get(id);
                notification.sent(clock.instant());
                metrics.sent(notification.template());
            }
            case NotSent(var id, var why) -> {
                Notification notification = notifications.get(id);
                notification.endWithout(why);
                metrics.endedWithout(why, notification.template());
            }
            case NothingToSend _ -> {
            }
        }
    }

    @Override
    public void inDoubt(OrderId orderId) {
        notifications.nextToSend(orderId).ifPresent(Notification::attempted);
    }
}
