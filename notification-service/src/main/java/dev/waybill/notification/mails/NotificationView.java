package dev.waybill.notification.mails;

import dev.waybill.events.OrderId;
import dev.waybill.notification.mails.NotificationStatus.Why;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/**
 * A notification as operators see it.
 *
 * @param recipient none where there is none, is not known yet, or is forgotten
 * @param reason why there is no mail
 * @param saidAt when that of which it tells was said
 */
record NotificationView(
        UUID id,
        OrderId orderId,
        Template template,
        @Nullable String recipient,
        NotificationStatus status,
        @Nullable Why reason,
        int attempts,
        Instant saidAt,
        @Nullable Instant sentAt) {

    static NotificationView from(Notification notification, @Nullable String recipient) {
        return new NotificationView(
                notification.id(),
                notification.orderId(),
                notification.template(),
                recipient,
                notification.status(),
                notification.reason(),
                notification.attempts(),
                notification.saidAt(),
                notification.sentAt());
    }
}
