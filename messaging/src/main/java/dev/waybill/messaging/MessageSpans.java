package dev.waybill.messaging;

import dev.waybill.defaults.logging.FaultInLog;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The spans of messages on their way, each in the trace of the transaction that wrote the message: {@code send}, from the
 * relay's sending to the broker's acknowledgement, and {@code process}, around the handler. What the handler appends hangs
 * under the latter. Only messages whose writer was sampled get spans, so tracing costs nothing where it shows nothing.
 *
 * <p>Names and attributes are those of <a href="https://opentelemetry.io/docs/specs/semconv/messaging/kafka/">OpenTelemetry's
 * semantic conventions for Kafka</a>.
 */
public final class MessageSpans {

    private final @Nullable Tracer tracer;
    private final @Nullable Propagator propagator;

    /** Leaves no spans. */
    public static MessageSpans none() {
        return new MessageSpans(null, null);
    }

    /** Where there is no tracer there are no spans. */
    public MessageSpans(@Nullable Tracer tracer, @Nullable Propagator propagator) {
        this.tracer = tracer;
        this.propagator = propagator;
    }

    /** Runs the handler of a record in a span of its own; what it throws is noted there, and thrown. */
    public void processing(ConsumerRecord<?, ?> record, MessageContext message, String subscription, Runnable handler) {
        Tracer spans = tracer;
        if (spans == null || !isSampled(message.traceparent())) {
            handler.run();
            return;
        }
        Span span = start("process", Span.Kind.CONSUMER, record.topic(), message.traceparent(), message.id().value(),
                builder -> builder
                        .tag("messaging.destination.partition.id", Integer.toString(record.partition()))
                        .tag("messaging.kafka.offset", record.offset())
                        .tag("waybill.subscription", subscription)
                        .tag("waybill.order.id", message.correlationId()));
        try (Tracer.SpanInScope _ = spans.withSpan(span)) {
            handler.run();
        } catch (RuntimeException | Error e) {
            span.error(FaultInLog.of(e));
            throw e;
        } finally {
            span.end();
        }
    }

    /**
     * Begins the span of sending a message.
     *
     * @return to be called when the broker has it, with null, or with why it has not; does nothing where the writer was not
     *         sampled
     */
    public Consumer<@Nullable Exception> sending(String topic, UUID messageId, @Nullable String traceparent) {
        if (tracer == null || !isSampled(traceparent)) {
            return _ -> {};
        }
        Span span = start("send", Span.Kind.PRODUCER, topic, traceparent, messageId, UnaryOperator.identity());
        return failure -> {
            if (failure != null) {
                span.error(failure);
            }
            span.end();
        };
    }

    private Span start(
            String operation, Span.Kind kind, String topic, @Nullable String traceparent, UUID messageId,
            UnaryOperator<Span.Builder> further) {
        if (propagator == null) {
            return Span.NOOP;
        }
        Span.Builder builder = propagator
                .extract(topic, (_, header) -> "traceparent".equals(header) ? traceparent : null)
                .name(operation + " " + topic).kind(kind)
                .tag("messaging.system", "kafka")
                .tag("messaging.operation.name", operation)
                .tag("messaging.operation.type", operation)
                .tag("messaging.destination.name", topic)
                .tag("messaging.message.id", messageId.toString());
        return further.apply(builder).start();
    }

    /** By the last flag of a W3C {@code traceparent}. */
    private static boolean isSampled(@Nullable String traceparent) {
        if (traceparent == null || traceparent.length() < 2) {
            return false;
        }
        return (Character.digit(traceparent.charAt(traceparent.length() - 1), 16) & 1) == 1;
    }
}
