package dev.waybill.order.orders;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.function.IntUnaryOperator;

/**
 * How many orders wait to be fulfilled or cancelled. They pile up whatever the reason is that nothing is fulfilled: no broker, a dead
 * orchestrator, slow participants. Beyond a bound no more are taken on, and it opens by itself once there are fewer again.
 *
 * <p>They are counted now and then, and not for each request: so each replica may pass the bound by what it places between two
 * counts. While they cannot be counted the last count holds; without a database nothing is placed anyway.
 */
class Backlog {

    private static final Logger LOG = LoggerFactory.getLogger(Backlog.class);

    private final IntUnaryOperator countUpTo;
    private final int most;
    private volatile int waiting;

    /** @param countUpTo how many wait, of so many at most */
    Backlog(IntUnaryOperator countUpTo, BacklogSettings settings, MeterRegistry meters) {
        this.countUpTo = countUpTo;
        this.most = settings.most();
        Gauge.builder("order.backlog", () -> waiting)
                .description(
                        "Orders that wait to be fulfilled or cancelled; all of them are counted by every replica, to one more than may be")
                .register(meters);
    }

    boolean isTooLong() {
        return waiting > most;
    }

    void count() {
        int before = waiting;
        int now;
        try {
            now = countUpTo.applyAsInt(most + 1);
        } catch (RuntimeException e) {
            LOG.warn("Orders that wait cannot be counted for now: {}", e.toString());
            return;
        }
        waiting = now;
        if (now > most && before <= most) {
            LOG.warn("More than {} orders wait to be fulfilled: no more are placed until there are fewer", most);
        } else if (now <= most && before > most) {
            LOG.info("{} orders wait to be fulfilled: more are placed again", now);
        }
    }
}
