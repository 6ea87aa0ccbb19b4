package dev.waybill.messaging;

import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelPropagator;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import java.util.concurrent.atomic.AtomicReference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Which spans a message leaves, by the OpenTelemetry SDK itself. */
class MessageSpansTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String WRITER = "b7ad6b7169203331";
    private static final String SAMPLED = "00-%s-%s-01".formatted(TRACE, WRITER);
    private static final String NOT_SAMPLED = "00-%s-%s-00".formatted(TRACE, WRITER);

    private final InMemorySpanExporter exported = InMemorySpanExporter.create();
    private final SdkTracerProvider provider = SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(exported)).build();
    private final io.opentelemetry.api.trace.Tracer sdk = provider.get("test");
    private final OtelTracer tracer = new OtelTracer(sdk, new OtelCurrentTraceContext(), _ -> {});
    private final MessageSpans spans = new MessageSpans(tracer,
            new OtelPropagator(ContextPropagators.create(W3CTraceContextPropagator.getInstance()), sdk));

    @AfterEach
    void end() {
        provider.close();
    }

    @Test
    void theConsumersSpanHangsUnderTheTransactionThatWroteTheRow() {
        var inside = new AtomicReference<@Nullable String>();
        spans.processing(record(), message(SAMPLED), "sagas", () -> inside.set(currentSpan()));

        SpanData span = only();
        assertThat(span.getTraceId()).isEqualTo(TRACE);
        assertThat(span.getParentSpanId()).isEqualTo(WRITER);
        assertThat(span.getSpanId()).as("what the handler appends hangs under it").isEqualTo(inside.get());
        assertThat(currentSpan()).isNull();
    }

    @Test
    void itIsCalledAsTheConventionsSay() {
        spans.processing(record(), message(SAMPLED), "sagas", () -> {});

        SpanData span = only();
        assertThat(span.getName()).isEqualTo("process payment.events");
        assertThat(span.getKind()).isEqualTo(SpanKind.CONSUMER);
        assertThat(attribute(span, "messaging.system")).isEqualTo("kafka");
        assertThat(attribute(span, "messaging.destination.name")).isEqualTo("payment.events");
        assertThat(attribute(span, "messaging.operation.type")).isEqualTo("process");
        assertThat(attribute(span, "messaging.destination.partition.id")).isEqualTo("3");
        assertThat(attribute(span, "waybill.subscription")).isEqualTo("sagas");
    }

    @Test
    void aHandlerThatThrowsMarksItsSpan() {
        assertThatThrownBy(() -> spans.processing(record(), message(SAMPLED), "sagas", () -> {
            throw new IllegalStateException("poison");
        })).hasMessage("poison");
        assertThat(only().getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    }

    /** Spans leave the platform, as logs do. */
    @Test
    void aFaultThatQuotesACustomerIsToldWithoutItsWords() {
        assertThatThrownBy(() -> spans.processing(record(), message(SAMPLED), "sagas",
                () -> JsonMapper.shared().readValue("\"Alice Doe\"", Integer.class))).hasMessageContaining("Alice Doe");

        assertThat(only().getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(only().toString()).doesNotContain("Alice").contains("Told without its words");
    }

    @Test
    void theRelaysSpanLastsUntilTheBrokerHasTheMessage() {
        var ended = spans.sending("payment.events", Ids.next(), SAMPLED);
        assertThat(exported.getFinishedSpanItems()).isEmpty();
        ended.accept(null);

        SpanData span = only();
        assertThat(span.getName()).isEqualTo("send payment.events");
        assertThat(span.getKind()).isEqualTo(SpanKind.PRODUCER);
        assertThat(span.getParentSpanId()).isEqualTo(WRITER);
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    }

    @Test
    void aSendThatTheBrokerRefusedMarksItsSpan() {
        spans.sending("payment.events", Ids.next(), SAMPLED).accept(new IllegalStateException("too large"));
        assertThat(only().getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    }

    @Test
    void aMessageOfAWriterThatWasNotSampledLeavesNone() {
        spans.sending("payment.events", Ids.next(), NOT_SAMPLED).accept(null);
        spans.sending("payment.events", Ids.next(), null).accept(null);
        spans.processing(record(), message(NOT_SAMPLED), "sagas", () -> {});
        spans.processing(record(), message(null), "sagas", () -> {});
        assertThat(exported.getFinishedSpanItems()).isEmpty();
    }

    @Test
    void withoutATracerMessagesAreHandledAllTheSame() {
        var handled = new AtomicReference<>(false);
        var none = MessageSpans.none();
        none.sending("payment.events", Ids.next(), SAMPLED).accept(null);
        none.processing(record(), message(SAMPLED), "sagas", () -> handled.set(true));
        assertThat(handled.get()).isTrue();
    }

    private static ConsumerRecord<String, byte[]> record() {
        return new ConsumerRecord<>("payment.events", 3, 17, "key", new byte[0]);
    }

    private static MessageContext message(@Nullable String traceparent) {
        return new MessageContext(Ids.nextMessageId(), null, null, "order-1", 1, traceparent);
    }

    private @Nullable String currentSpan() {
        var current = tracer.currentSpan();
        return current == null ? null : current.context().spanId();
    }

    private SpanData only() {
        assertThat(exported.getFinishedSpanItems()).hasSize(1);
        return exported.getFinishedSpanItems().getFirst();
    }

    private static @Nullable String attribute(SpanData span, String name) {
        return span.getAttributes().get(AttributeKey.stringKey(name));
    }
}
