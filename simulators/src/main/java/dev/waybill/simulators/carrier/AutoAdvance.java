package dev.waybill.simulators.carrier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Moves parcels by themselves: handed over some time after dispatch, delivered some time after that. Times count from what
 * the book says, so a restart neither forgets a parcel nor lets it start again; one that a driver moved in the meantime is
 * left where it is.
 */
final class AutoAdvance {

    private static final Logger LOG = LoggerFactory.getLogger(AutoAdvance.class);

    private final CarrierSettings.Advancing settings;
    private final Clock clock;
    private final Move move;
    private final ScheduledExecutorService timer = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().name("auto-advance").daemon().factory());

    AutoAdvance(CarrierSettings.Advancing settings, Clock clock, Move move) {
        this.settings = settings;
        this.clock = clock;
        this.move = move;
    }

    /** Takes up a parcel that was on its way before a restart. */
    void resume(Shipment.Snapshot shipment) {
        after(shipment.trackingNumber(), shipment.status(), shipment.since(shipment.status()));
    }

    /** A parcel got this status then: what comes next, and when. */
    void after(String trackingNumber, ShipmentStatus status, Instant at) {
        switch (status) {
            case DISPATCHED ->
                plan(trackingNumber, status, ShipmentStatus.HANDED_OVER, at.plus(settings.handedOverAfter()));
            case HANDED_OVER, IN_TRANSIT ->
                plan(trackingNumber, status, ShipmentStatus.DELIVERED, at.plus(settings.deliveredAfter()));
            case BOOKED, DELIVERED, CANCELLED -> {
            }
        }
    }

    void close() {
        timer.shutdownNow();
    }

    private void plan(String trackingNumber, ShipmentStatus from, ShipmentStatus to, Instant when) {
        long wait = Math.max(0, Duration.between(clock.instant(), when).toMillis());
        // The disk is waited for on a thread of its own, so that parcels share their writes and hold no other up.
        var _ = timer.schedule(
                () -> Thread.ofVirtual().name("advance-" + trackingNumber).start(() -> go(trackingNumber, from, to)),
                wait,
                TimeUnit.MILLISECONDS);
    }

    private void go(String trackingNumber, ShipmentStatus from, ShipmentStatus to) {
        try {
            move.move(trackingNumber, from, to);
        } catch (RuntimeException e) {
            LOG.warn("Parcel {} could not be moved to {}", trackingNumber, to, e);
        }
    }

    /** Moves a parcel if it is still where it was. */
    interface Move {
        void move(String trackingNumber, ShipmentStatus from, ShipmentStatus to);
    }
}
