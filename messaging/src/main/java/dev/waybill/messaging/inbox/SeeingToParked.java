package dev.waybill.messaging.inbox;

import dev.waybill.defaults.logging.FaultInLog;
import dev.waybill.messaging.Intention;
import dev.waybill.messaging.inbox.ParkedAct.By;
import dev.waybill.messaging.inbox.ParkedAct.Kind;
import dev.waybill.messaging.inbox.ParkedMessage.Content;
import dev.waybill.messaging.inbox.Received.Illegible;
import dev.waybill.messaging.inbox.Received.Legible;
import dev.waybill.messaging.inbox.Received.PassedOver;
import dev.waybill.messaging.inbox.WorkedOff.Ended;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionSynchronizationUtils;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * What a person does about parked messages. A message is replayed or discarded only when it stands first under its key, and
 * then what waits behind it is handled in its order, one message in one transaction, each under the key's lock and by the
 * same way as one that comes from its topic. So no message is handled twice or past another, whoever replays beside, and no
 * handler waits for longer than one message takes. Every act is journaled in the transaction that does it.
 */
public class SeeingToParked {

    private static final Logger LOG = LoggerFactory.getLogger(SeeingToParked.class);

    private final RunningSubscriptions subscriptions;
    private final ParkedQueues queues;
    private final ParkedActs acts;
    private final Transactions transactions;
    private final Duration replayFor;
    private final Clock clock;

    SeeingToParked(
            RunningSubscriptions subscriptions,
            ParkedQueues queues,
            ParkedActs acts,
            Transactions transactions,
            Duration replayFor,
            Clock clock) {
        this.subscriptions = subscriptions;
        this.queues = queues;
        this.acts = acts;
        this.transactions = transactions;
        this.replayFor = replayFor;
        this.clock = clock;
    }

    /** What comes of asking for something: that it was done, or why it was not. */
    public sealed interface Answer<T> {

        record Done<T>(T value) implements Answer<T> {}

        /** It is not there, or not any more. */
        record Gone<T>() implements Answer<T> {}

        /** It waits behind another one, which has to be seen to first. */
        record WaitsBehind<T>(UUID first) implements Answer<T> {}

        /** It is not as it was when the caller looked at it. */
        record Changed<T>(long version) implements Answer<T> {}

        /** Its subscription is not there any more. */
        record NoSubscription<T>(String name) implements Answer<T> {}

        /** The same answer, about something made of the value. */
        default <R> Answer<R> map(Function<T, R> change) {
            return switch (this) {
                case Done<T>(T value) -> new Done<>(change.apply(value));
                case Gone<T>() -> new Gone<>();
                case WaitsBehind<T>(UUID first) -> new WaitsBehind<>(first);
                case Changed<T>(long version) -> new Changed<>(version);
                case NoSubscription<T>(String name) -> new NoSubscription<>(name);
            };
        }
    }

    /**
     * One message was seen to.
     *
     * @param removed whether it is out of its queue
     * @param first what stands first there now
     */
    private record Step(boolean removed, Optional<ParkedMessage> first) {}

    /** Changes what will be handled; what arrived is kept beside it. */
    public Answer<ParkedMessage> edit(UUID id, long version, UnaryOperator<Content> change, By by) {
        return transactions.call(() -> {
            Optional<ParkedMessage> found = queues.lock(id);
            if (found.isEmpty()) {
                return new Answer.Gone<>();
            }
            ParkedMessage message = found.get();
            if (message.version() != version) {
                return new Answer.Changed<>(message.version());
            }
            ParkedMessage edited = queues.edit(message, change.apply(message.content()));
            acts.add(edited, Kind.EDITED, by, null, edited.content());
            return new Answer.Done<>(edited);
        });
    }

    /** Handles it, as if it stood first, in a transaction that is rolled back. */
    public Answer<DryRun> dryRun(UUID id, By by) {
        Optional<ParkedMessage> found = queues.find(id);
        if (found.isEmpty()) {
            return new Answer.Gone<>();
        }
        ParkedMessage message = found.get();
        Optional<Handling> handling = subscriptions.find(message.subscription());
        if (handling.isEmpty()) {
            return new Answer.NoSubscription<>(message.subscription());
        }
        DryRun run = tryOut(message, handling.get());
        acts.add(message, Kind.DRY_RUN, by, run.reason() == null ? run.result().name() : run.reason(), null);
        return new Answer.Done<>(run);
    }

    private DryRun tryOut(ParkedMessage message, Handling handling) {
        try {
            return transactions.callAndRollBack(() -> {
                boolean ofConcern = deliver(queues.lock(message.id()).orElse(message), handling);
                TransactionSynchronizationUtils.triggerBeforeCommit(false);
                return new DryRun(ofConcern ? DryRun.Result.HANDLED : DryRun.Result.PASSED_OVER, null, null,
                        Intention.ofRunningTransaction());
            });
        } catch (RuntimeException e) {
            if (Faults.isTransient(e)) {
                throw e;
            }
            return DryRun.failed(e);
        }
    }

    /**
     * Handles it, and then what waits behind it. What fails stays, and what is behind that goes on waiting.
     *
     * @param version it has to be at; null where that does not matter
     */
    public Answer<WorkedOff> replay(UUID id, @Nullable Long version, By by) {
        Optional<ParkedMessage> found = queues.find(id);
        if (found.isEmpty()) {
            return new Answer.Gone<>();
        }
        String name = found.get().subscription();
        Optional<Handling> handling = subscriptions.find(name);
        if (handling.isEmpty()) {
            return new Answer.NoSubscription<>(name);
        }
        return handleFirst(id, version, handling.get(), by, null)
                .map(step -> goOn(found.get(), step, step.removed() ? 1 : 0, handling.get(), by));
    }

    /**
     * Drops it, and then handles what waits behind it.
     *
     * @param version it has to be at; null where that does not matter
     */
    public Answer<WorkedOff> discard(UUID id, @Nullable Long version, By by) {
        Optional<ParkedMessage> found = queues.find(id);
        if (found.isEmpty()) {
            return new Answer.Gone<>();
        }
        Answer<Step> discarded = transactions.call(() -> asFirst(id, version, message -> {
            acts.add(message, Kind.DISCARDED, by, message.reason(), message.content());
            return new Step(true, queues.remove(message));
        }));
        return discarded.map(step -> {
            Optional<Handling> handling = subscriptions.find(found.get().subscription());
            return handling.map(it -> goOn(found.get(), step, 0, it, by))
                    .orElseGet(() -> ended(found.get(), 0, Ended.NO_SUBSCRIPTION));
        });
    }

    private WorkedOff goOn(ParkedMessage begun, Step begin, int handledSoFar, Handling handling, By by) {
        Instant until = clock.instant().plus(replayFor);
        int handled = handledSoFar;
        Step step = begin;
        while (step.removed() && step.first().isPresent()) {
            ParkedMessage next = step.first().get();
            if (!clock.instant().isBefore(until)) {
                return ended(begun, handled, Ended.TIME_IS_UP);
            }
            Answer<Step> answer;
            try {
                answer = handleFirst(next.id(), next.version(), handling, by, "It waited behind " + begun.id());
            } catch (RuntimeException e) {
                LOG.warn("{}: a replay under key {} is interrupted: {}", begun.subscription(), begun.key(),
                        FaultInLog.of(e).toString());
                return ended(begun, handled, Ended.INTERRUPTED);
            }
            if (!(answer instanceof Answer.Done<Step>(Step done))) {
                return ended(begun, handled, Ended.TAKEN_OVER);
            }
            step = done;
            handled += done.removed() ? 1 : 0;
        }
        return ended(begun, handled, step.removed() ? Ended.ALL_HANDLED : Ended.PARKED_AGAIN);
    }

    private WorkedOff ended(ParkedMessage begun, int handled, Ended how) {
        return new WorkedOff(handled, how, queues.firstOf(begun).orElse(null), queues.countOf(begun));
    }

    /** @param version it has to be at; null where that does not matter */
    private Answer<Step> handleFirst(
            UUID id, @Nullable Long version, Handling handling, By by, @Nullable String detail) {
        var tried = new AtomicReference<@Nullable ParkedMessage>();
        try {
            return transactions.call(() -> asFirst(id, version, message -> {
                tried.set(message);
                deliver(message, handling);
                acts.add(message, Kind.HANDLED, by, detail, null);
                return new Step(true, queues.remove(message));
            }));
        } catch (RuntimeException e) {
            ParkedMessage failed = tried.get();
            if (failed == null || Faults.isTransient(e)) {
                throw e;
            }
            LOG.warn("{}: parked message {} fails again", failed.subscription(), id, FaultInLog.of(e));
            return transactions.call(() -> asFirst(id, failed.version(), message -> {
                ParkedMessage again = queues.failedAgain(message, e);
                acts.add(again, Kind.FAILED, by, again.reason(), null);
                return new Step(false, Optional.of(again));
            }));
        }
    }

    private <T> Answer<T> asFirst(UUID id, @Nullable Long version, Function<ParkedMessage, T> work) {
        Optional<ParkedMessage> found = queues.lock(id);
        if (found.isEmpty()) {
            return new Answer.Gone<>();
        }
        ParkedMessage message = found.get();
        if (!message.standsFirst()) {
            return new Answer.WaitsBehind<>(message.first());
        }
        if (version != null && message.version() != version) {
            return new Answer.Changed<>(message.version());
        }
        return new Answer.Done<>(work.apply(message));
    }

    /** As it is handled when it comes from its topic; answers false where nobody here wants it any more. */
    private static boolean deliver(ParkedMessage message, Handling handling) {
        return switch (Received.read(message.toRecord(), handling.subscription())) {
            case Legible legible -> {
                handling.deliver(List.of(legible));
                yield true;
            }
            case Illegible illegible -> throw illegible.fault();
            case PassedOver _ -> false;
        };
    }
}
