package dev.waybill.benchmarks.floor;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.waybill.events.Envelope;
import dev.waybill.events.MessageId;
import dev.waybill.events.SagaId;
import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** A message to be said, and the one that caused it. */
record Said(String topic, Envelope envelope, String payload) {

    static final String APPEND = """
            insert into outbox (message_id, topic, message_key, type, source, subject, sequence, logical_time,
                                correlation_id, causation_id, saga_id, traceparent, said_at, payload)
            select * from unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::bigint[],
                                 ?::text[], ?::uuid[], ?::uuid[], ?::text[], ?::timestamptz[], ?::text[])""";

    /** An event, or a command to the context that the topic belongs to. */
    static Said because(Heard cause, String source, String type, String subject, @Nullable Long sequence,
            long logicalTime, UUID saga, UUID id, String payload) {
        String context = type.split("\\.", 4)[2];
        return new Said(context + (sequence == null ? ".commands" : ".events"),
                new Envelope(new MessageId(id), source, type, subject, now(), cause.key(), sequence, logicalTime,
                        cause.key(), new MessageId(cause.id()), new SagaId(saga), cause.traceparent()),
                payload);
    }

    /** An event that answers a command. */
    static Said answer(Heard command, String source, String type, String aggregate, long sequence, String payload) {
        return because(command, source, type, aggregate + "/" + command.key(), sequence, command.logicalTime() + 1,
                command.saga(), nextId(), payload);
    }

    static UUID nextId() {
        return UuidCreator.getTimeOrderedEpoch();
    }

    static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }

    /** All that a transaction says, in one statement. */
    static void append(Connection connection, Iterable<Said> said) throws SQLException {
        var rows = new Rows("uuid", "text", "text", "text", "text", "text", "bigint", "bigint", "text", "uuid", "uuid",
                "text", "timestamptz", "text");
        for (Said one : said) {
            Envelope envelope = one.envelope();
            MessageId cause = envelope.causationId();
            SagaId saga = envelope.sagaId();
            rows.add(envelope.id().value(), one.topic(), envelope.partitionKey(), envelope.type(), envelope.source(),
                    envelope.subject(), envelope.sequence(), envelope.logicalTime(), envelope.correlationId(),
                    cause == null ? null : cause.value(), saga == null ? null : saga.value(), envelope.traceparent(),
                    envelope.time().atOffset(ZoneOffset.UTC), one.payload());
        }
        rows.write(connection, APPEND);
    }
}
