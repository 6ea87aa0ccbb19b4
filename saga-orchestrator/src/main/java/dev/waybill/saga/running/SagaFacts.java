package dev.waybill.saga.running;

import dev.waybill.events.Event;
import dev.waybill.events.OrderId;
import dev.waybill.saga.engine.Call;
import dev.waybill.saga.engine.Input;
import dev.waybill.saga.engine.Instance;
import dev.waybill.saga.engine.JournalEntry;
import dev.waybill.saga.engine.Transition;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Counts and logs what the sagas have done, once it is committed: a transaction that is rolled back has done nothing. */
@Component
class SagaFacts {

    private static final Logger LOG = LoggerFactory.getLogger(SagaFacts.class);

    private final MeterRegistry meters;

    SagaFacts(MeterRegistry meters) {
        this.meters = meters;
    }

    void started(StoredSaga saga, Transition<?> transition) {
        afterCommit(() -> {
            meters.counter("saga.started").increment();
            log(saga, transition);
        });
    }

    void startedAlready(OrderId order) {
        afterCommit(() -> {
            countAnswer("started_already");
            LOG.atDebug().addKeyValue("orderId", order).log("Order {} has its saga already", order);
        });
    }

    void answerToNoSaga(Event event) {
        afterCommit(() -> {
            countAnswer("no_saga");
            LOG.atDebug().addKeyValue("orderId", event.orderId())
                    .log("{} for order {} answers no saga", event.getClass().getSimpleName(), event.orderId());
        });
    }

    <S> void moved(StoredSaga saga, Instance<S> before, Input input, Transition<S> transition, Instant now) {
        Instance<S> after = transition.instance();
        afterCommit(() -> {
            if (input instanceof Input.Answer) {
                countAnswer(lowerCase(transition.outcome()));
            }
            for (Call call : after.settledSince(before)) {
                meters.timer("saga.step", "step", call.step(), "result", result(call))
                        .record(Duration.between(call.sentAt(), now));
            }
            if (after.status().isFinished() && !before.status().isFinished()) {
                String outcome = lowerCase(after.status());
                meters.counter("saga.finished", "outcome", outcome).increment();
                meters.timer("saga.duration", "outcome", outcome).record(Duration.between(after.startedAt(), now));
            }
            log(saga, transition);
        });
    }

    private void countAnswer(String outcome) {
        meters.counter("saga.answers", "outcome", outcome).increment();
    }

    private static void log(StoredSaga saga, Transition<?> transition) {
        for (JournalEntry entry : transition.journal()) {
            var level = switch (entry.kind()) {
                case STARTED, REFUSED, IN_DOUBT, COMPENSATING, RESUMED, COMPLETED, COMPENSATED -> LOG.atInfo();
                case UNDO_REFUSED, UNANSWERED, STUCK -> LOG.atWarn();
                case SENT, SENT_AGAIN, DONE, UNDONE, DUPLICATE_ANSWER, LATE_ANSWER, UNMATCHED_ANSWER -> LOG.atDebug();
            };
            level.addKeyValue("sagaId", saga.id()).addKeyValue("orderId", saga.orderId())
                    .log("Saga {} of order {}: {} at '{}': {}", saga.id(), saga.orderId(),
                            lowerCase(entry.kind()).replace('_', ' '), entry.step(), entry.detail());
        }
    }

    private static String result(Call call) {
        String state = lowerCase(call.state());
        return call.kind() == Call.Kind.UNDO ? "undo_" + state : state;
    }

    private static String lowerCase(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static void afterCommit(Runnable task) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                task.run();
            }
        });
    }
}
