package dev.waybill.events;

import org.jspecify.annotations.Nullable;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * What stands on the outside of a message: a CloudEvents 1.0 envelope, carried in Kafka's binary mode as headers (see
 * <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md">the binding</a>).
 *
 * @param id identifies the message for ever
 * @param source who says it, {@code /payment-service}
 * @param type its kind, {@code dev.waybill.payment.captured.v1}
 * @param subject the aggregate it is about, {@code payment/0198…}
 * @param time when it was said, by the sender's clock
 * @param partitionKey the record's key: the order id
 * @param sequence on events: 1, 2, 3 … without gaps for everything one aggregate has said; none on commands
 * @param logicalTime a Lamport clock: greater than that of whatever caused it and of whatever the aggregate said before
 * @param correlationId what it all belongs to: the order
 * @param causationId the message that caused it; none where a request from outside did
 * @param sagaId the saga it was said in, if any
 * @param traceparent W3C trace context of the transaction that wrote it, if it was traced
 * @param orderNumber what people call the order, for logs; none where whoever says it does not know it
 */
public record Envelope(
        MessageId id,
        String source,
        String type,
        String subject,
        Instant time,
        String partitionKey,
        @Nullable Long sequence,
        long logicalTime,
        String correlationId,
        @Nullable MessageId causationId,
        @Nullable SagaId sagaId,
        @Nullable String traceparent,
        @Nullable OrderNumber orderNumber) {

    /** Of a message whose order is known by its id only. */
    public Envelope(
            MessageId id,
            String source,
            String type,
            String subject,
            Instant time,
            String partitionKey,
            @Nullable Long sequence,
            long logicalTime,
            String correlationId,
            @Nullable MessageId causationId,
            @Nullable SagaId sagaId,
            @Nullable String traceparent) {
        this(id, source, type, subject, time, partitionKey, sequence, logicalTime, correlationId, causationId, sagaId,
                traceparent, null);
    }

    public static final String SPEC_VERSION = "1.0";
    private static final long LARGEST_COUNT = 1L << 53;
    public static final String CONTENT_TYPE = "application/json";

    /** The headers, by their names on the wire. */
    public Map<String, String> toHeaders() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(Header.SPEC_VERSION, SPEC_VERSION);
        headers.put(Header.ID, id.toString());
        headers.put(Header.SOURCE, source);
        headers.put(Header.TYPE, type);
        headers.put(Header.SUBJECT, subject);
        headers.put(Header.TIME, time.toString());
        headers.put(Header.DATA_SCHEMA, dataSchema());
        headers.put(Header.CONTENT_TYPE, CONTENT_TYPE);
        headers.put(Header.PARTITION_KEY, partitionKey);
        if (sequence != null) {
            headers.put(Header.SEQUENCE, sequence.toString());
        }
        headers.put(Header.LOGICAL_TIME, Long.toString(logicalTime));
        headers.put(Header.CORRELATION_ID, correlationId);
        if (causationId != null) {
            headers.put(Header.CAUSATION_ID, causationId.toString());
        }
        if (sagaId != null) {
            headers.put(Header.SAGA_ID, sagaId.toString());
        }
        if (traceparent != null) {
            headers.put(Header.TRACEPARENT, traceparent);
        }
        if (orderNumber != null) {
            headers.put(Header.ORDER_NUMBER, orderNumber.value());
        }
        return headers;
    }

    /**
     * Reads the headers of a record.
     *
     * @param headers answers a header's value, or null where it is missing
     * @throws IllegalArgumentException naming the header that is missing or cannot be read
     */
    public static Envelope fromHeaders(Function<String, @Nullable String> headers) {
        return new Envelope(
                required(headers, Header.ID, MessageId::parse),
                required(headers, Header.SOURCE, text -> text),
                required(headers, Header.TYPE, text -> text),
                required(headers, Header.SUBJECT, text -> text),
                required(headers, Header.TIME, Instant::parse),
                required(headers, Header.PARTITION_KEY, text -> text),
                optional(headers, Header.SEQUENCE, Envelope::count),
                required(headers, Header.LOGICAL_TIME, Envelope::count),
                required(headers, Header.CORRELATION_ID, text -> text),
                optional(headers, Header.CAUSATION_ID, MessageId::parse),
                optional(headers, Header.SAGA_ID, SagaId::parse),
                optional(headers, Header.TRACEPARENT, text -> text),
                numberIn(headers.apply(Header.ORDER_NUMBER)));
    }

    /** Where the schema of the payload stands, on the class path and in the repository: {@code contracts/…}. */
    public String dataSchema() {
        return schemaOf(type);
    }

    /** {@code dev.waybill.payment.captured.v1} has its schema in {@code contracts/payment/captured/v1.schema.json}. */
    public static String schemaOf(String type) {
        String[] parts = type.split("\\.", -1);
        if (parts.length != 5) {
            throw new IllegalArgumentException("A type reads dev.waybill.<context>.<message>.v<major>, not " + type);
        }
        return "contracts/%s/%s/%s.schema.json".formatted(parts[2], parts[3], parts[4]);
    }

    /** What is counted from one on never gets near the bound; a number beyond it would spread to all that follows from it. */
    private static Long count(String text) {
        long number = Long.parseLong(text);
        if (number < 0 || number > LARGEST_COUNT) {
            throw new IllegalArgumentException(text + " is no count");
        }
        return number;
    }

    /** Nothing hangs on it but what people look for in logs: one that is none is no reason to refuse the message, and spreads no further. */
    private static @Nullable OrderNumber numberIn(@Nullable String text) {
        try {
            return text == null ? null : new OrderNumber(text);
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    private static <T> T required(Function<String, @Nullable String> headers, String name, Function<String, T> reader) {
        T value = optional(headers, name, reader);
        if (value == null) {
            throw new IllegalArgumentException("The header " + name + " is missing");
        }
        return value;
    }

    private static <T> @Nullable T optional(
            Function<String, @Nullable String> headers, String name, Function<String, T> reader) {
        String value = headers.apply(name);
        if (value == null) {
            return null;
        }
        try {
            return reader.apply(value);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IllegalArgumentException("The header %s cannot be read: %s".formatted(name, value), e);
        }
    }

    /** Names of headers on the wire. */
    public static final class Header {
        public static final String SPEC_VERSION = "ce_specversion";
        public static final String ID = "ce_id";
        public static final String SOURCE = "ce_source";
        public static final String TYPE = "ce_type";
        public static final String SUBJECT = "ce_subject";
        public static final String TIME = "ce_time";
        public static final String DATA_SCHEMA = "ce_dataschema";
        public static final String CONTENT_TYPE = "content-type";
        public static final String PARTITION_KEY = "ce_partitionkey";
        public static final String SEQUENCE = "ce_sequence";
        public static final String LOGICAL_TIME = "ce_logicaltime";
        public static final String CORRELATION_ID = "ce_correlationid";
        public static final String CAUSATION_ID = "ce_causationid";
        public static final String SAGA_ID = "ce_sagaid";
        public static final String TRACEPARENT = "traceparent";
        public static final String ORDER_NUMBER = "ce_ordernumber";

        private Header() {}
    }
}
