package dev.waybill.saga.running;

import dev.waybill.events.CancellationId;
import dev.waybill.events.OrderId;
import dev.waybill.events.OrderNumber;
import dev.waybill.events.SagaId;
import dev.waybill.messaging.Ids;
import dev.waybill.messaging.MessageContext;
import dev.waybill.messaging.Outbox;
import dev.waybill.saga.cancellation.Cancellation;
import dev.waybill.saga.engine.Engine;
import dev.waybill.saga.engine.Input;
import dev.waybill.saga.engine.Instance;
import dev.waybill.saga.engine.JournalEntry;
import dev.waybill.saga.engine.Outcome;
import dev.waybill.saga.engine.Saga;
import dev.waybill.saga.engine.Status;
import dev.waybill.saga.engine.Transition;
import dev.waybill.saga.fulfillment.Fulfillment;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/**
 * Starts and moves sagas, whoever asks for it: a message, a deadline, a person. Whatever follows, state, journal, deadline,
 * commands, and the saga that was waiting for this one to end, is written in the caller's transaction: all of it or nothing.
 */
@Component
class SagaRunner {

    private final Saga<Cancellation> cancellation;
    private final Definitions definitions;
    private final StoredSagas sagas;
    private final Outbox outbox;
    private final SagaFacts facts;
    private final Clock clock;

    SagaRunner(
            Saga<Cancellation> cancellation,
            Definitions definitions,
            StoredSagas sagas,
            Outbox outbox,
            SagaFacts facts,
            Clock clock) {
        this.cancellation = cancellation;
        this.definitions = definitions;
        this.sagas = sagas;
        this.outbox = outbox;
        this.facts = facts;
        this.clock = clock;
    }

    /**
     * Starts a saga, if it has not been started yet.
     *
     * @param reference what it works on within the order; none stands for the order itself
     */
    <S> void start(Saga<S> definition, OrderId order, @Nullable UUID reference, S data) {
        if (sagas.find(definition.name(), order, reference).isPresent()) {
            facts.startedAlready(order);
            return;
        }
        Transition<S> transition = new Engine<>(definition)
                .start(new SagaId(Ids.next()), data, now(), Ids::nextMessageId);
        StoredSaga saga = new StoredSaga(definition, order, numberOf(order), reference, transition.instance());
        write(saga, transition);
        // Last: what changes after it is stored would cost an update beside the insert.
        sagas.add(saga);
        facts.started(saga, transition);
    }

    /** As the message has it, or another saga of the order, where a deadline or a person has this one begin. */
    private @Nullable OrderNumber numberOf(OrderId order) {
        return MessageContext.current().map(MessageContext::orderNumber)
                .or(() -> sagas.numberOf(order)).orElse(null);
    }

    /** Cancels what has been fulfilled. */
    void startCancellation(CancellationId id, Fulfillment fulfilled) {
        start(cancellation, fulfilled.orderId(), id.value(),
                new Cancellation(fulfilled.orderId(), id, fulfilled.lines()));
    }

    /**
     * Moves a saga; it is locked already.
     *
     * @throws CannotBeMoved when it is the fault of this one saga, and not of the surroundings
     */
    Outcome move(StoredSaga saga, Input input) {
        return move(definitions.engineFor(saga), saga, input);
    }

    /** Notes something that moves nothing. */
    void note(StoredSaga saga, JournalEntry entry) {
        sagas.append(saga, List.of(entry));
        facts.noted(saga, entry);
    }

    private <S> Outcome move(Engine<S> engine, StoredSaga saga, Input input) {
        Instant now = now();
        Instance<S> before;
        Transition<S> transition;
        try {
            before = saga.instance(engine.saga());
            transition = engine.apply(before, input, now, Ids::nextMessageId);
        } catch (RuntimeException e) {
            throw new CannotBeMoved(saga.id(), e);
        }
        if (transition.journal().isEmpty()) {
            return transition.outcome();
        }
        saga.advance(before, transition, now);
        write(saga, transition);
        facts.moved(saga, before, input, transition, now);
        if (!before.status().isFinished()) {
            startWhatWaitedFor(transition.instance());
        }
        return transition.outcome();
    }

    private void startWhatWaitedFor(Instance<?> ended) {
        if (ended.status() == Status.COMPLETED && ended.data() instanceof Fulfillment fulfilled) {
            CancellationId waiting = fulfilled.cancellation();
            if (waiting != null) {
                startCancellation(waiting, fulfilled);
            }
        }
    }

    private void write(StoredSaga saga, Transition<?> transition) {
        sagas.append(saga, transition.journal());
        transition.commands().forEach(sent -> outbox.send(saga, saga.id(), sent.id(), sent.command()));
    }

    /** As exact as the database keeps it. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** A saga that cannot be read, or whose definition fails: the others are not to suffer from it. */
    static final class CannotBeMoved extends RuntimeException {

        private final SagaId saga;

        CannotBeMoved(SagaId saga, RuntimeException cause) {
            super("Saga %s cannot be moved".formatted(saga), cause);
            this.saga = saga;
        }

        SagaId saga() {
            return saga;
        }
    }
}
