package dev.waybill.saga.engine;

import dev.waybill.events.Command;
import dev.waybill.events.MessageId;

import java.util.List;

/**
 * What follows from an input. All of it is to be committed together, or nothing.
 *
 * @param instance as it is now; its deadline with it
 * @param commands to be sent, in this order
 * @param journal to be appended, in this order
 * @param outcome what has become of the input
 */
public record Transition<S>(
        Instance<S> instance, List<Outgoing> commands, List<JournalEntry> journal, Outcome outcome) {

    public Transition {
        commands = List.copyOf(commands);
        journal = List.copyOf(journal);
    }

    /** A command under its id; when it is sent again, it is so under the same. */
    public record Outgoing(MessageId id, Command<?> command) {}
}
