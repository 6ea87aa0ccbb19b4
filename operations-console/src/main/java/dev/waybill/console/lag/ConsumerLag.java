package dev.waybill.console.lag;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The latest look at all groups. Asked of the broker at a steady rate, whoever looks at it, and kept where the broker is silent. */
@Component
public class ConsumerLag {

    /** Three looks that have not come: from then on the last one tells how it was, and not how it is. */
    static final Duration CURRENT = Duration.ofSeconds(15);

    private static final Logger LOG = LoggerFactory.getLogger(ConsumerLag.class);

    private final LagReader reader;
    private final LagHistory history;
    private final PartitionHistory partitions;
    private final LagMetrics metrics;
    private final Clock clock;
    private volatile Look latest = new Look(Instant.EPOCH, List.of());

    ConsumerLag(LagReader reader, LagHistory history, PartitionHistory partitions, LagMetrics metrics, Clock clock) {
        this.reader = reader;
        this.history = history;
        this.partitions = partitions;
        this.metrics = metrics;
        this.clock = clock;
        metrics.tellHowOld(() -> latest.at());
    }

    /** @param at {@link Instant#EPOCH} before the first */
    public record Look(Instant at, List<GroupLag> groups) {

        /** Whether it can be told as what is so now. */
        public boolean isCurrent(Instant now) {
            return Duration.between(at, now).compareTo(CURRENT) <= 0;
        }
    }

    public Look latest() {
        return latest;
    }

    /** One at a time: what reads records is for one thread. */
    @Scheduled(fixedDelayString = "${waybill.console.consumers.every:5s}")
    synchronized void look() {
        try {
            seen(new Look(clock.instant(), reader.read()));
        } catch (RuntimeException e) {
            // What was seen last stays, with its age: an alert says that nobody looks any more.
            LOG.warn("How far consumers are behind is not known at the moment; it is asked again. {}", e.getMessage());
        }
    }

    void seen(Look look) {
        latest = look;
        metrics.show(look.groups());
        partitions.add(look);
        try {
            history.add(look);
        } catch (DataAccessException e) {
            // What is seen now is seen without the database, too.
            LOG.warn("How far consumers are behind is known, and cannot be kept for its history: {}", e.getMessage());
        }
    }
}
