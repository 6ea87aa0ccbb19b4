package dev.waybill.saga.running;

import dev.waybill.events.Event;
import dev.waybill.events.Message;
import dev.waybill.events.OperationsEvent.CommandParked;
import dev.waybill.events.OrderEvent.OrderPlaced;
import dev.waybill.events.OrderEvent.ReturnRequested;
import dev.waybill.events.SagaId;
import dev.waybill.messaging.MessageContext;
import dev.waybill.saga.engine.Input;
import dev.waybill.saga.engine.JournalEntry;
import dev.waybill.saga.engine.Saga;
import dev.waybill.saga.fulfillment.Fulfillment;
import dev.waybill.saga.returns.Return;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Hands what happens to the sagas that it concerns, in the transaction in which it is called. */
@Service
class RunningSagas {

    private final Saga<Fulfillment> fulfillment;
    private final Saga<Return> returning;
    private final Definitions definitions;
    private final StoredSagas sagas;
    private final SagaRunner runner;
    private final SagaFacts facts;

    RunningSagas(
            Saga<Fulfillment> fulfillment,
            Saga<Return> returning,
            Definitions definitions,
            StoredSagas sagas,
            SagaRunner runner,
            SagaFacts facts) {
        this.fulfillment = fulfillment;
        this.returning = returning;
        this.definitions = definitions;
        this.sagas = sagas;
        this.runner = runner;
        this.facts = facts;
    }

    /** All that a batch will touch, in one query and one order. */
    @Transactional
    void prefetch(List<Message> batch) {
        sagas.lockAllOf(batch.stream().map(Message::orderId).toList());
    }

    @Transactional
    void startFulfillment(OrderPlaced placed) {
        runner.start(fulfillment, placed.orderId(), null, Fulfillment.of(placed));
    }

    @Transactional
    void startReturn(ReturnRequested requested) {
        runner.start(returning, requested.orderId(), requested.returnId().value(), Return.of(requested));
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
        runner.move(saga.get(), new Input.Answer(context.get().id(), context.get().causationId(), event));
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
        runner.note(saga, new JournalEntry(runner.now(), saga.stepOf(note.commandId()), JournalEntry.Kind.PARKED,
                "%s has parked it".formatted(note.service()), note.commandId()));
    }

    /**
     * Applies the timeout to sagas that are due, that nobody else is looking at, and whose definition is known here.
     *
     * @param except sagas that are passed over
     * @return how many there were, at most {@code limit}
     * @throws SagaRunner.CannotBeMoved when it is the fault of one saga, and not of the surroundings; nothing is moved then
     */
    @Transactional
    int timeOut(int limit, Set<SagaId> except) {
        List<StoredSaga> due = sagas.lockDue(runner.now(), limit, definitions, except);
        due.forEach(saga -> runner.move(saga, new Input.Timeout()));
        return due.size();
    }
}
