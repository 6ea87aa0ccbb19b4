package dev.waybill.messaging;

import dev.waybill.events.Command;
import dev.waybill.events.Event;
import dev.waybill.events.MessageId;
import dev.waybill.events.SagaId;

/**
 * Where a service puts what it has to say, inside the business transaction: it is published if, and only if, that
 * transaction commits, after everything that this transaction could have seen. The rows are written in one statement, last
 * before the commit. Outside a transaction every call fails with {@link IllegalStateException}.
 */
public interface Outbox {

    /**
     * Says an event: to its context's topic, with the order's id as its key.
     *
     * @param aggregate whose event it is; its counter advances
     * @return the id of the message
     */
    MessageId append(Aggregate aggregate, Event event);

    /**
     * Sends a command of a saga. Sending it again with the same id is harmless: whoever takes it knows it by its id.
     *
     * @param sender the saga instance; its logical time advances, its sequence does not
     * @param id the command's id, which the answer will name as its cause
     */
    void send(Aggregate sender, SagaId sagaId, MessageId id, Command<?> command);
}
