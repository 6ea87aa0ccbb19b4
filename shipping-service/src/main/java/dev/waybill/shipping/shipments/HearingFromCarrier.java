package dev.waybill.shipping.shipments;

import dev.waybill.events.OrderId;
import dev.waybill.shipping.shipments.ParcelScans.Scan;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

import java.time.Clock;
import java.util.Optional;

/**
 * Takes what the carrier tells: facts, which are recorded whenever they come, each once. A scan goes to its shipment. What our
 * own calls bring about (booked, dispatched, cancelled) is passed over: the call's answer says it, and a call whose answer
 * was lost is made again under its key.
 */
@Service
class HearingFromCarrier {

    private static final Logger LOG = LoggerFactory.getLogger(HearingFromCarrier.class);
    private static final String HEARD = "carrier_webhooks";

    private final CarrierWebhooks webhooks;
    private final Shipments shipments;
    private final ShippingDesk desk;
    private final MeterRegistry metrics;
    private final Clock clock;

    HearingFromCarrier(
            CarrierWebhooks webhooks, Shipments shipments, ShippingDesk desk, MeterRegistry metrics, Clock clock) {
        this.webhooks = webhooks;
        this.shipments = shipments;
        this.desk = desk;
        this.metrics = metrics;
        this.clock = clock;
        // There from the beginning, as nought: a rate needs a value before the first.
        for (Outcome outcome : Outcome.values()) {
            metrics.counter(HEARD, "outcome", outcome.name());
        }
    }

    private enum Outcome {
        SCANNED, DUPLICATE, PASSED_OVER, UNKNOWN_SHIPMENT
    }

    @Transactional
    void hear(CarrierWebhook webhook) {
        metrics.counter(HEARD, "outcome", outcomeOf(webhook).name()).increment();
    }

    private Outcome outcomeOf(CarrierWebhook webhook) {
        if (!webhooks.add(webhook, clock.instant())) {
            return Outcome.DUPLICATE;
        }
        return switch (webhook.status()) {
            case HANDED_OVER -> scanned(webhook, ParcelStatus.HANDED_OVER);
            case IN_TRANSIT -> scanned(webhook, ParcelStatus.IN_TRANSIT);
            case DELIVERED -> scanned(webhook, ParcelStatus.DELIVERED);
            case BOOKED, DISPATCHED, CANCELLED, OTHER -> Outcome.PASSED_OVER;
        };
    }

    private Outcome scanned(CarrierWebhook webhook, ParcelStatus status) {
        Optional<OrderId> known = shipments.orderOf(webhook.trackingNumber(), webhook.order());
        if (known.isEmpty()) {
            LOG.warn("The carrier has scanned {} as {} for {}, a parcel that is not known here",
                    webhook.trackingNumber(), status, webhook.orderId());
            return Outcome.UNKNOWN_SHIPMENT;
        }
        desk.scanned(known.get(), new Scan(webhook.at(), status));
        return Outcome.SCANNED;
    }
}
