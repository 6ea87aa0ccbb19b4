package dev.waybill.console.traces;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads what the <a href="https://opentelemetry.io/docs/specs/otlp/#otlphttp">OpenTelemetry protocol</a> has services send. Whoever sends
 * is not trusted: a span without proper ids or times is left out, and no text is longer than what a page can show.
 */
final class Otlp {

    private static final int LONGEST_TEXT = 200;
    private static final int TRACE_ID_BYTES = 16;
    private static final int SPAN_ID_BYTES = 8;
    /** In nanoseconds since the epoch; whoever adds to it does not overflow. */
    private static final long LATEST = 4_000_000_000_000_000_000L;
    private static final Set<String> ORDER = Set.of("waybill.order.id");
    private static final Set<String> ERROR = Set.of("error.type", "exception");

    private Otlp() {}

    /** @throws IOException where it is no such request */
    static List<Span> read(byte[] request) throws IOException {
        List<Span> spans = new ArrayList<>();
        for (ResourceSpans of : ExportTraceServiceRequest.parseFrom(request).getResourceSpansList()) {
            String service = text(of.getResource().getAttributesList(), Set.of("service.name"));
            of.getScopeSpansList().stream().flatMap(scope -> scope.getSpansList().stream()).filter(Otlp::isProper)
                    .forEach(span -> spans.add(span(service.isEmpty() ? "unknown" : service, span)));
        }
        return spans;
    }

    private static boolean isProper(io.opentelemetry.proto.trace.v1.Span span) {
        return span.getTraceId().size() == TRACE_ID_BYTES && span.getSpanId().size() == SPAN_ID_BYTES
                && span.getStartTimeUnixNano() > 0 && span.getStartTimeUnixNano() < LATEST;
    }

    private static Span span(String service, io.opentelemetry.proto.trace.v1.Span span) {
        long from = span.getStartTimeUnixNano();
        return new Span(hex(span.getTraceId()), hex(span.getSpanId()),
                span.getParentSpanId().size() == SPAN_ID_BYTES ? hex(span.getParentSpanId()) : "",
                service, cut(span.getName()), span.getKind().name().replace("SPAN_KIND_", ""),
                from, Math.clamp(span.getEndTimeUnixNano(), from, LATEST),
                text(span.getAttributesList(), ORDER), errorOf(span));
    }

    private static String errorOf(io.opentelemetry.proto.trace.v1.Span span) {
        if (span.getStatus().getCode() != StatusCode.STATUS_CODE_ERROR) {
            return "";
        }
        return Stream.of(text(span.getAttributesList(), ERROR), cut(span.getStatus().getMessage()))
                .filter(said -> !said.isBlank()).findFirst().orElse("failed");
    }

    private static String text(List<KeyValue> attributes, Set<String> keys) {
        return attributes.stream().filter(attribute -> keys.contains(attribute.getKey())).map(KeyValue::getValue)
                .map(AnyValue::getStringValue).filter(value -> !value.isEmpty()).map(Otlp::cut).findFirst().orElse("");
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "…";
    }

    private static String hex(ByteString id) {
        return HexFormat.of().formatHex(id.toByteArray());
    }
}
