package dev.waybill.saga.running;

import dev.waybill.events.Event;
import dev.waybill.events.OrderId;
import dev.waybill.messaging.LogFields;
import dev.waybill.messaging.MessageContext;
import dev.waybill.saga.engine.Call;
import dev.waybill.saga.engine.Input;
import dev.waybill.saga.engine.Instance;
import dev.waybill.saga.engine.JournalEntry;
import dev.waybill.saga.engine.Outcome;
import dev.waybill.saga.engine.Status;
import dev.waybill.saga.engine.Transition;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Counts and logs what the sagas have done, once it is committed: a transaction that is rolled back has done nothing. */
@Component
class SagaFacts {

    private static final Logger LOG = LoggerFactory.getLogger(SagaFacts.class);
    private static final String STARTED = "saga.started";
    private static final String FINISHED = "saga.finished";
    private static final String DURATION = "saga.duration";
    private static final String ANSWERS = "saga.answers";
    private static final String STARTED_ALREADY = "started_already";
    private static final String NO_SAGA = "no_saga";

    private final MeterRegistry meters;
    private final PerTransaction<Facts> facts = new PerTransaction<>(Facts.class, Facts::new, Facts::tell);

    /** What is counted is there from the beginning, as nought: a rate needs a value before the first. */
    SagaFacts(MeterRegistry meters) {
        this.meters = meters;
        meters.counter(STARTED);
        Stream.of(Status.values()).filter(Status::isFinished).forEach(status -> {
            meters.counter(FINISHED, "outcome", lowerCase(status));
            meters.timer(DURATION, "outcome", lowerCase(status));
        });
        Stream.of(Outcome.TAKEN, Outcome.DUPLICATE, Outcome.LATE, Outcome.UNMATCHED)
                .forEach(outcome -> meters.counter(ANSWERS, "outcome", lowerCase(outcome)));
        Stream.of(STARTED_ALREADY, NO_SAGA).forEach(outcome -> meters.counter(ANSWERS, "outcome", outcome));
    }

    void started(StoredSaga saga, Transition<?> transition) {
        afterCommit(saga, () -> {
            meters.counter(STARTED).increment();
            log(saga, transition);
        });
    }

    void startedAlready(OrderId order) {
        afterCommit(order, () -> {
            countAnswer(STARTED_ALREADY);
            LOG.debug("Order {} has its saga already", order);
        });
    }

    void answerToNoSaga(Event event) {
        afterCommit(event.orderId(), () -> {
            countAnswer(NO_SAGA);
            LOG.debug("{} for order {} answers no saga", event.getClass().getSimpleName(), event.orderId());
        });
    }

    <S> void moved(StoredSaga saga, Instance<S> before, Input input, Transition<S> transition, Instant now) {
        Instance<S> after = transition.instance();
        afterCommit(saga, () -> {
            if (input instanceof Input.Answer) {
                countAnswer(lowerCase(transition.outcome()));
            }
            for (Call call : after.settledSince(before)) {
                meters.timer("saga.step", "step", call.step(), "result", result(call))
                        .record(Duration.between(call.sentAt(), now));
            }
            if (after.status().isFinished() && !before.status().isFinished()) {
                String outcome = lowerCase(after.status());
                meters.counter(FINISHED, "outcome", outcome).increment();
                meters.timer(DURATION, "outcome", outcome).record(Duration.between(after.startedAt(), now));
            }
            log(saga, transition);
        });
    }

    void noted(StoredSaga saga, JournalEntry entry) {
        afterCommit(saga, () -> log(saga, entry));
    }

    private void countAnswer(String outcome) {
        meters.counter(ANSWERS, "outcome", outcome).increment();
    }

    private static void log(StoredSaga saga, Transition<?> transition) {
        transition.journal().forEach(entry -> log(saga, entry));
    }

    private static void log(StoredSaga saga, JournalEntry entry) {
        var level = switch (entry.kind()) {
            case STARTED, REFUSED, IN_DOUBT, COMPENSATING, RESUMED, COMPLETED, COMPENSATED, CALLED_OFF,
                    CANCELLATION_NOTED,
                    RETRIED, SKIPPED, RESOLVED ->
                LOG.atInfo();
            case UNDO_REFUSED, UNANSWERED, STUCK, PARKED -> LOG.atWarn();
            case SENT, SENT_AGAIN, DONE, UNDONE, DUPLICATE_ANSWER, LATE_ANSWER, UNMATCHED_ANSWER -> LOG.atDebug();
        };
        level.log("Saga {} of order {}: {} at '{}': {}", saga.id(), saga.orderId(),
                lowerCase(entry.kind()).replace('_', ' '), entry.step(), entry.detail());
    }

    private static String result(Call call) {
        String state = lowerCase(call.state());
        return call.kind() == Call.Kind.UNDO ? "undo_" + state : state;
    }

    private static String lowerCase(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** The message is no longer at hand by then. */
    private void afterCommit(StoredSaga saga, Runnable task) {
        MessageContext message = MessageContext.current().orElse(null);
        facts.get().tasks
                .add(() -> LogFields.run(saga.orderId(), saga.orderNumber(), saga.id(), message, task));
    }

    private void afterCommit(OrderId order, Runnable task) {
        MessageContext message = MessageContext.current().orElse(null);
        facts.get().tasks.add(() -> LogFields.run(order, null, null, message, task));
    }

    /** What is to be counted and logged once a transaction has committed. */
    private static final class Facts {

        private final List<Runnable> tasks = new ArrayList<>();

        void tell() {
            tasks.forEach(Runnable::run);
        }
    }
}
