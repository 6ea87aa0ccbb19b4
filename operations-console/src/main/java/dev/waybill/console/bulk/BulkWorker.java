package dev.waybill.console.bulk;

import dev.waybill.console.bulk.Items.StoredItem;
import dev.waybill.console.journal.About;
import dev.waybill.console.journal.Journal;
import dev.waybill.console.journal.Outcome;
import jakarta.annotation.PreDestroy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Works off what is running, one item after another. All consoles try, and the one that holds a selection's lease works on it; where it
 * dies another one takes over when the lease is up, and begins with the item that was under way. That item may so be tried twice: the
 * act looks whether it is still as it was when it was frozen, and where it is not, nobody claims to know what happened. An item is begun
 * only while its selection runs, so a stop takes hold after the item that is under way.
 */
@Component
class BulkWorker {

    private static final Logger LOG = LoggerFactory.getLogger(BulkWorker.class);

    /** So long a selection is worked on before the next one has its turn: slow items of one do not hold up all others. */
    private static final Duration TURN = Duration.ofSeconds(1);

    /** After a fault of the database, so that the log is not filled while it is away. */
    private static final Duration REST = Duration.ofSeconds(5);

    private final UUID holder = UUID.randomUUID();
    private final ReentrantLock turn = new ReentrantLock();
    private final Selections selections;
    private final Items items;
    private final BulkActs acts;
    private final BulkSettings settings;
    private final Journal journal;
    private final Clock clock;
    private Instant restsUntil = Instant.MIN;

    BulkWorker(Selections selections, Items items, BulkActs acts, BulkSettings settings, Journal journal,
            Clock clock) {
        this.selections = selections;
        this.items = items;
        this.acts = acts;
        this.settings = settings;
        this.journal = journal;
        this.clock = clock;
    }

    /** What is due by now. At a fixed rate: with a fixed delay a slow service would hold up whatever else is scheduled. */
    @Scheduled(fixedRateString = "${waybill.console.bulk.every:200ms}")
    void work() {
        if (!turn.tryLock()) {
            return;
        }
        try {
            if (clock.instant().isBefore(restsUntil)) {
                return;
            }
            for (UUID id : selections.running()) {
                selections.claim(id, holder, clock.instant(), settings.lease()).ifPresent(this::workOff);
            }
        } catch (RuntimeException e) {
            restsUntil = clock.instant().plus(REST);
            LOG.warn("Bulk work is interrupted, and goes on in {}", REST, e);
        } finally {
            turn.unlock();
        }
    }

    @PreDestroy
    void leave() {
        selections.release(holder);
    }

    private void workOff(Selection selection) {
        Optional<BulkAct> act = acts.find(selection.act());
        if (act.isEmpty()) {
            selections.pause(selection.id(), holder, "This console does not know the act " + selection.act() + ".");
            return;
        }
        Instant due = selection.nextDue();
        Instant now = clock.instant();
        Instant turnEnds = now.plus(TURN);
        while (now.isBefore(turnEnds) && (due == null || !now.isBefore(due))) {
            Optional<StoredItem> next = items.next(selection.id());
            if (next.isEmpty()) {
                end(selection);
                return;
            }
            Instant after = selection.pace().next(due, now);
            if (!selections.begin(selection.id(), holder, next.get().position(), now, after, settings.lease())
                    || !carryOut(selection, act.get(), next.get())) {
                return;
            }
            due = after;
            now = clock.instant();
        }
    }

    /** @return false where the work does not go on */
    private boolean carryOut(Selection selection, BulkAct act, StoredItem stored) {
        return switch (stepFor(selection, act, stored)) {
            case Step.Ended ended -> {
                items.end(selection.id(), stored.position(), ended.outcome(), ended.said(), clock.instant());
                yield true;
            }
            case Step.Pause pause -> {
                if (!pause.perhapsDone()) {
                    items.notBegun(selection.id(), stored.position());
                }
                LOG.warn("The selection {} pauses: {}", selection.id(), pause.said());
                selections.pause(selection.id(), holder, pause.said());
                yield false;
            }
        };
    }

    private Step stepFor(Selection selection, BulkAct act, StoredItem stored) {
        if (items.isBehindFailure(selection.id(), stored.item())) {
            return new Step.Ended(ItemOutcome.PASSED_OVER, "What stands before it has failed.");
        }
        try {
            return Step.after(act.carryOut(stored.item(), selection.order()), stored.begun());
        } catch (RuntimeException e) {
            LOG.error("{} of {} fails in a way that nobody has foreseen", act.name(), stored.item(), e);
            return new Step.Pause("The console itself has failed here, at item %d: %s"
                    .formatted(stored.position(), e.getClass().getSimpleName()), true);
        }
    }

    private void end(Selection selection) {
        if (selections.end(selection.id(), holder)) {
            UUID entry = journal.record(selection.order().who(), "end of a selection", About.selection(selection.id()),
                    selection.reason());
            journal.end(entry, Outcome.DONE, Progress.of(selection, items).words());
        }
    }
}
