package dev.waybill.shipping.shipments;

import dev.waybill.events.OrderId;
import dev.waybill.events.ShippingEvent;
import dev.waybill.events.ShippingEvent.ParcelDelivered;
import dev.waybill.events.ShippingEvent.ParcelHandedOver;
import dev.waybill.events.ShippingEvent.ParcelInTransit;
import dev.waybill.shipping.shipments.ParcelScans.Scan;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * The parcel as its carrier sees it. Every scan is kept, whenever and in whichever order it comes; what is told of them only
 * goes forward, so a hand-over that comes after the delivery is known and no news any more.
 */
@Embeddable
class Parcel {

    private @Nullable String carrier;
    private @Nullable String trackingNumber;
    private @Nullable String labelUrl;

    @Convert(converter = ParcelScans.AsJson.class)
    private ParcelScans scans = ParcelScans.NONE;

    @Enumerated(EnumType.STRING)
    @Column(name = "parcel")
    private @Nullable ParcelStatus told;

    void booked(String by, String number) {
        carrier = by;
        trackingNumber = number;
    }

    void labelled(String url) {
        labelUrl = url;
    }

    String carrier() {
        return requireNonNull(carrier);
    }

    /** The carrier's own name for it. */
    String trackingNumber() {
        return requireNonNull(trackingNumber);
    }

    boolean isBooked() {
        return trackingNumber != null;
    }

    @Nullable String labelUrl() {
        return labelUrl;
    }

    void scanned(Scan scan) {
        scans = scans.with(scan);
    }

    /** In the order of the carrier's clock. */
    List<Scan> scans() {
        return scans.scans();
    }

    boolean hasScan(ParcelStatus status) {
        return scans.have(status);
    }

    /** How far on its way it was told to be; null where it was not yet told that it has left. */
    @Nullable ParcelStatus told() {
        return told;
    }

    /** What is to be told now, each scan once, in the order of the parcel's way. */
    List<ShippingEvent> tell(OrderId orderId) {
        List<ShippingEvent> news = new ArrayList<>();
        scans.scans().stream().sorted(Comparator.comparing(Scan::status)).forEach(scan -> {
            if (told == null || scan.status().compareTo(told) > 0) {
                told = scan.status();
                news.add(switch (told) {
                    case HANDED_OVER -> new ParcelHandedOver(orderId, trackingNumber(), scan.at());
                    case IN_TRANSIT -> new ParcelInTransit(orderId, trackingNumber(), scan.at());
                    case DELIVERED -> new ParcelDelivered(orderId, trackingNumber(), scan.at());
                });
            }
        });
        return news;
    }
}
