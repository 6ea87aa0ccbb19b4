package dev.waybill.inventory.stock;

import dev.waybill.defaults.paging.Moment;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.FixedDelayTask;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;
import org.springframework.stereotype.Component;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Reports what has been held for longer than it should be: as a list, as a number, and once in each process's log. It touches
 * nothing: only its saga, or the end of its order, lets go of a hold.
 */
@Component
class OverdueHolds implements MeterBinder, SchedulingConfigurer {

    private static final Logger LOG = LoggerFactory.getLogger(OverdueHolds.class);
    private static final int SAID_AT_A_TIME = 100;

    private final Reservations reservations;
    private final StockSettings settings;
    private final Clock clock;
    private Optional<Moment> lastSaid = Optional.empty();

    OverdueHolds(Reservations reservations, StockSettings settings, Clock clock) {
        this.reservations = reservations;
        this.settings = settings;
        this.clock = clock;
    }

    /** Oldest first, those beyond a position in that list. */
    List<Reservation> list(Optional<Moment> after, int limit) {
        return reservations.heldSince(madeBefore(), after, limit);
    }

    long count() {
        return reservations.countHeldSince(madeBefore());
    }

    static Moment position(Reservation reservation) {
        return new Moment(reservation.createdAt(), reservation.orderId().value());
    }

    /** Logs what has become overdue since it was asked last. */
    void sayNewOnes() {
        for (Reservation overdue : list(lastSaid, SAID_AT_A_TIME)) {
            LOG.warn("Stock is held for order {} since {}, for longer than {}", overdue.orderId(), overdue.createdAt(),
                    settings.holdFor());
            lastSaid = Optional.of(position(overdue));
        }
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("inventory_holds_overdue", this, OverdueHolds::count)
                .description("Reservations that have been open for longer than they should be").register(registry);
    }

    @Override
    public void configureTasks(ScheduledTaskRegistrar registrar) {
        registrar.addFixedDelayTask(
                new FixedDelayTask(this::sayNewOnes, settings.overdueLook(), settings.overdueLook()));
    }

    private Instant madeBefore() {
        return clock.instant().minus(settings.holdFor());
    }
}
