package dev.waybill.notification.mails;

import dev.waybill.defaults.paging.Moment;
import dev.waybill.defaults.paging.Page;
import dev.waybill.defaults.paging.PageRequest;
import dev.waybill.events.OrderId;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Shows operators who was told of what, the newest first. */
@RestController
class NotificationController {

    private final Notifications notifications;
    private final Correspondences correspondences;

    NotificationController(Notifications notifications, Correspondences correspondences) {
        this.notifications = notifications;
        this.correspondences = correspondences;
    }

    @GetMapping("/notifications")
    Page<NotificationView> list(
            @RequestParam(required = false) @Nullable UUID orderId,
            @RequestParam(required = false) @Nullable NotificationStatus status,
            PageRequest page) {
        var filter = new Notifications.Filter(orderId, status);
        List<Notification> found = notifications.list(filter, page.after(Moment::parse), page.fetchSize());
        Map<OrderId, @Nullable String> addresses = new HashMap<>();
        correspondences.all(found.stream().map(Notification::orderId).distinct().toList())
                .forEach(each -> addresses.put(each.orderId(), each.address()));
        return page.page(found, notification -> new Moment(notification.saidAt(), notification.id()))
                .map(notification -> NotificationView.from(notification, addresses.get(notification.orderId())));
    }
}
