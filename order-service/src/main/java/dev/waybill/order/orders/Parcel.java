package dev.waybill.order.orders;

import dev.waybill.events.MessageId;
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
import java.util.UUID;

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

    @Column(name = "handed_over_by")
    private @Nullable UUID handedOverBy;

    @Column(name = "delivered_by")
    private @Nullable UUID deliveredBy;

    /**
     * @param scan the message that says so
     * @return whether it was not known before
     */
    boolean seen(Progress at, String withTrackingNumber, MessageId scan) {
        if (at.compareTo(progress) <= 0) {
            return false;
        }
        if (!hasLeft()) {
            handedOverBy = scan.value();
        }
        if (at == Progress.DELIVERED) {
            deliveredBy = scan.value();
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
    List<ParcelNews> newsSince(Progress known, OrderId order) {
        List<ParcelNews> news = new ArrayList<>();
        if (isNews(Progress.HANDED_OVER, known)) {
            news.add(new ParcelNews(
                    new OrderShipped(order, Objects.requireNonNull(trackingNumber)), message(handedOverBy)));
        }
        if (isNews(Progress.DELIVERED, known)) {
            news.add(new ParcelNews(new OrderDelivered(order), message(deliveredBy)));
        }
        return news;
    }

    private static MessageId message(@Nullable UUID id) {
        return new MessageId(Objects.requireNonNull(id));
    }

    private boolean isNews(Progress mark, Progress known) {
        return known.compareTo(mark) < 0 && progress.compareTo(mark) >= 0;
    }
}
