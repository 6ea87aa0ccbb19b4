package dev.waybill.saga.operations;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.waybill.saga.engine.JournalEntry;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A saga with all that it did. */
record SagaDetails(@JsonUnwrapped SagaView saga, List<Line> journal) {

    /**
     * A line of the journal.
     *
     * @param messageId the command or the answer that it is about, if any
     */
    record Line(Instant at, String step, JournalEntry.Kind kind, String detail, @Nullable UUID messageId) {}
}
