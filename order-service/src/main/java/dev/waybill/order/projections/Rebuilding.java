package dev.waybill.order.projections;

import dev.waybill.events.Event;
import dev.waybill.messaging.history.EventTopics;
import dev.waybill.messaging.history.RecordedEvent;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

import java.time.Clock;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Makes a projection anew from all that the topics keep, beside the one that is read, and puts it in its place.
 *
 * <p>Nothing is missing in it: first the feed begins to write what it hears to the new one as well, and whoever was writing
 * before that has ended; only then it is noted how far the topics go. What the feed had heard by then lies before these ends and
 * is read here, all else the feed writes. Both may write the same, in any order, as {@link Projection} says.
 */
@Service
class Rebuilding {

    private final Rebuilds rebuilds;
    private final Generations generations;
    private final Projections projections;
    private final EventTopics topics;
    private final TransactionOperations transactions;
    private final ProjectionSettings settings;
    private final Clock clock;

    Rebuilding(Rebuilds rebuilds, Generations generations, Projections projections, EventTopics topics,
            TransactionOperations transactions, ProjectionSettings settings, Clock clock) {
        this.rebuilds = rebuilds;
        this.generations = generations;
        this.projections = projections;
        this.topics = topics;
        this.transactions = transactions;
        this.settings = settings;
        this.clock = clock;
    }

    /** The process is about to end. */
    static class Interrupted extends RuntimeException {
        Interrupted() {
            super("The service stops");
        }
    }

    Rebuild request(String projection, String requestedBy, String reason) {
        return rebuilds.add(generations.find(projection), requestedBy, reason, clock.instant());
    }

    /**
     * @throws Rebuilds.LostLease when somebody else is at it
     * @throws Interrupted when it is not to go on
     */
    void run(Rebuild rebuild, BooleanSupplier goOn) {
        Projection projection = projections.named(rebuild.projection()).orElseThrow();
        int slot = Generations.Generation.slotOf(rebuild.generation());
        inTransaction(() -> {
            rebuilds.progress(rebuild, 0, settings.lease());
            generations.beginToFill(rebuild.projection(), rebuild.generation());
        });
        topics.readAll(projection.topics(), new EventTopics.Reader() {
            @Override
            public void begins(long records) {
                rebuilds.begins(rebuild, records, settings.lease());
            }

            @Override
            public void read(List<RecordedEvent<Event>> events, long records) {
                if (!goOn.getAsBoolean()) {
                    throw new Interrupted();
                }
                inTransaction(() -> {
                    rebuilds.progress(rebuild, records, settings.lease());
                    projection.apply(slot, events);
                });
            }
        });
        inTransaction(() -> {
            rebuilds.complete(rebuild, clock.instant());
            generations.swap(rebuild.projection(), rebuild.generation(), clock.instant());
        });
    }

    /** It will not be tried again. */
    void giveUp(Rebuild rebuild, RuntimeException fault) {
        inTransaction(() -> {
            rebuilds.fail(rebuild, fault.toString(), clock.instant());
            generations.giveUp(rebuild.projection());
        });
    }

    /** What was read before the last swap, and by now by nobody any more. */
    void emptyLeftovers() {
        generations.withLeftovers(settings.leftoversRemain())
                .forEach(projection -> inTransaction(() -> generations.emptyLeftovers(projection)));
    }

    private void inTransaction(Runnable work) {
        transactions.executeWithoutResult(_ -> work.run());
    }
}
