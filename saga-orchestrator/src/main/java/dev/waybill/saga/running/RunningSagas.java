package dev.waybill.saga.running;

import dev.waybill.events.Event;
import dev.waybill.events.Message;
import dev.waybill.events.OperationsEvent.CommandParked;
import dev.waybill.events.OrderEvent.OrderPlaced;
import dev.waybill.events.SagaId;
import dev.waybill.messaging.Ids;
import dev.waybill.messaging.MessageContext;
import dev.waybill.messaging.Outbox;
import dev.waybill.saga.engine.Engine;
import dev.waybill.saga.engine.Input;
import dev.waybill.saga.engine.Instance;
import dev.waybill.saga.engine.JournalEntry;
import dev.waybill.saga.engine.Saga;
import dev.waybill.saga.engine.Transition;
import dev.waybill.saga.fulfillment.Fulfillment;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Hands what happens to the sagas that it concerns. Whatever follows, state, journal, deadline and commands, is written in
 * the transaction in which it is called: all of it or nothing.
 */
@Service
class RunningSagas {

    private final Saga<Fulfillment> fulfillment;
    private final Definitions definitions;
    private final StoredSagas sagas;
    private final Outbox outbox;
    private final SagaFacts facts;
    private final Clock clock;

    RunningSagas(
            Saga<Fulfillment> fulfillment,
            Definitions definitions,
            StoredSagas sagas,
            Outbox outbox,
            SagaFacts facts,
            Clock clock) {
        this.fulfillment = fulfillment;
        this.definitions = definitions;
        this.sagas = sagas;
        this.outbox = outbox;
        this.facts = facts;
        this.clock = clock;
    }

    /** All that a batch will touch, in one query and one order. */
    @Transactional
    void prefetch(List<Message> batch) {
        sagas.lockAllOf(batch.stream().map(Message::orderId).toList());
    }

    @Transactional
    void start(OrderPlaced placed) {
        if (sagas.find(fulfillment.name(), placed.orderId()).isPresent()) {
            facts.startedAlready(placed.orderId());
            return;
        }
        Instant now = now();
        Transition<Fulfillment> transition = new Engine<>(fulfillment)
                .start(new SagaId(Ids.next()), Fulfillment.of(placed), now, Ids::nextMessageId);
        StoredSaga saga = new StoredSaga(fulfillment, placed.orderId(), transition.instance());
        write(saga, transition);
        // Last: what changes after it is stored would cost an update beside the insert.
        sagas.add(saga);
        facts.started(saga, transition);
    }

    /** An event that was said in no saga, or in one that is not ours, is no answer to us. */
    @Transactional
    void answer(Event event) {
        Optional<MessageContext> context = MessageContext.current();
        Optional<StoredSaga> saga = context.map(MessageContext::sagaId).flatMap(id -> sagas.find(id, event.orderId()));
        if (context.isEmpty() || saga.isEmpty()) {
            facts.answerToNoSaga(event);
            return;
        }
        move(saga.get(), new Input.Answer(context.get().id(), context.get().causationId(), event));
    }

    /**
     * Notes on the saga that a participant has put its command aside. Nothing else changes: the answer comes once a person has
     * seen to the command, and until then the saga is as patient as with any silence.
     */
    @Transactional
    void parked(CommandParked note) {
        Optional<SagaId> id = MessageContext.current().map(MessageContext::sagaId);
        Optional<StoredSaga> found = id.flatMap(it -> sagas.find(it, note.orderId()));
        if (found.isEmpty()) {
            facts.answerToNoSaga(note);
            return;
        }
        StoredSaga saga = found.get();
        var entry = new JournalEntry(now(), saga.stepOf(note.commandId()), JournalEntry.Kind.PARKED,
                "%s has parked it".formatted(note.service()), note.commandId());
        sagas.append(saga, List.of(entry));
        facts.parked(saga, entry);
    }

    /**
     * Applies the timeout to sagas that are due, that nobody else is looking at, and whose definition is known here.
     *
     * @param except sagas that are passed over
     * @return how many there were, at most {@code limit}
     * @throws CannotBeMoved when it is the fault of one saga, and not of the surroundings; nothing is moved then
     */
    @Transactional
    int timeOut(int limit, Set<SagaId> except) {
        List<StoredSaga> due = sagas.lockDue(now(), limit, definitions, except);
        due.forEach(saga -> move(saga, new Input.Timeout()));
        return due.size();
    }

    private void move(StoredSaga saga, Input input) {
        move(definitions.engineFor(saga), saga, input);
    }

    private <S> void move(Engine<S> engine, StoredSaga saga, Input input) {
        Instant now = now();
        Instance<S> before;
        Transition<S> transition;
        try {
            before = saga.instance(engine.saga());
            transition = engine.apply(before, input, now, Ids::nextMessageId);
        } catch (RuntimeException e) {
            throw new CannotBeMoved(saga.id(), e);
        }
        saga.advance(transition, now);
        write(saga, transition);
        facts.moved(saga, before, input, transition, now);
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

    private void write(StoredSaga saga, Transition<?> transition) {
        sagas.append(saga, transition.journal());
        transition.commands().forEach(sent -> outbox.send(saga, saga.id(), sent.id(), sent.command()));
    }

    /** As exact as the database keeps it. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
