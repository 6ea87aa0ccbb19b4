package dev.waybill.saga.running;

import dev.waybill.events.MessageId;
import dev.waybill.saga.engine.JournalEntry;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

import java.io.Serializable;
import java.time.Instant;
import java.util.UUID;

/** One line of a saga's journal; written once. */
@Entity
@Immutable
@Table(name = "saga_journal")
@IdClass(JournalLine.Key.class)
@SuppressWarnings({"NullAway.Init", "UnusedVariable"}) // JPA fills and reads it
class JournalLine {

    /** Lines are numbered within their saga, from 1. */
    record Key(UUID sagaId, int seq) implements Serializable {}

    @Id
    private UUID sagaId;
    @Id
    private int seq;
    private Instant at;
    private String step;
    @Enumerated(EnumType.STRING)
    private JournalEntry.Kind kind;
    private String detail;
    private @Nullable UUID messageId;

    protected JournalLine() {}

    JournalLine(StoredSaga saga, JournalEntry entry) {
        MessageId message = entry.messageId();
        this.sagaId = saga.id().value();
        this.seq = saga.nextJournalEntry();
        this.at = entry.at();
        this.step = entry.step();
        this.kind = entry.kind();
        this.detail = entry.detail();
        this.messageId = message == null ? null : message.value();
    }
}
