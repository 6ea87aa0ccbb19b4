package dev.waybill.order.orders;

import dev.waybill.events.OrderEvent;
import dev.waybill.events.OrderEvent.OrderDelivered;
import dev.waybill.events.OrderEvent.OrderShipped;
import dev.waybill.events.OrderId;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What is known of an order's parcel. It only goes forward; who has seen it delivered knows that it was handed over. */
@Embeddable
class Parcel {

    enum Progress {
        WITH_US, HANDED_OVER, DELIVERED
    }

    @Enumerated(EnumType.STRING)
    @Column(name = "parcel")
    private Progress progress = Progress.WITH_US;

    @Column(name = "tracking_number")
    private @Nullable String trackingNumber;

    /** @return whether it was not known before */
    boolean seen(Progress at, String withTrackingNumber) {
        if (at.compareTo(progress) <= 0) {
            return false;
        }
        progress = at;
        trackingNumber = withTrackingNumber;
        return true;
    }

    Progress progress() {
        return progress;
    }

    boolean hasLeft() {
        return progress != Progress.WITH_US;
    }

    /** What there is to say to whoever knows it to be as far as that. */
    List<OrderEvent> newsSince(Progress known, OrderId order) {
        List<OrderEvent> news = new ArrayList<>();
        if (isNews(Progress.HANDED_OVER, known)) {
            news.add(new OrderShipped(order, Objects.requireNonNull(trackingNumber)));
        }
        if (isNews(Progress.DELIVERED, known)) {
            news.add(new OrderDelivered(order));
        }
        return news;
    }

    private boolean isNews(Progress mark, Progress known) {
        return known.compareTo(mark) < 0 && progress.compareTo(mark) >= 0;
    }
}
