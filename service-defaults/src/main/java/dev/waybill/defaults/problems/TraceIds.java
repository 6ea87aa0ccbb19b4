package dev.waybill.defaults.problems;

import io.micrometer.observation.Observation;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.filter.ServerHttpObservationFilter;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The trace id to name in an answer and in a log. There always is one: where nothing is traced, it is made up, and
 * still ties the answer to the log line.
 */
final class TraceIds {

    private final ObjectProvider<Tracer> tracer;

    TraceIds(ObjectProvider<Tracer> tracer) {
        this.tracer = tracer;
    }

    String of(HttpServletRequest request) {
        Tracer running = tracer.getIfAvailable();
        Span span = running == null ? null : running.currentSpan();
        if (span == null) {
            span = spanThatObserved(request);
        }
        return span == null ? madeUp() : span.context().traceId();
    }

    /** A dispatch to the error page comes when the request's span is no longer current. */
    private static @Nullable Span spanThatObserved(HttpServletRequest request) {
        return ServerHttpObservationFilter.findObservationContext(request)
                .map((Observation.Context context) -> context.<TracingContext>get(TracingContext.class))
                .map(TracingContext::getSpan).orElse(null);
    }

    static String madeUp() {
        byte[] bytes = new byte[16];
        ThreadLocalRandom.current().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
