package dev.waybill.console.traces;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

/** Spans as tests write them: in milliseconds after some moment, by short names. */
final class Spans {

    static final long BEGAN = 1_790_000_000_000_000_000L;

    private Spans() {}

    static Span span(String trace, String id, String parent, String service, long from, long until) {
        return new Span(trace, id, parent, service, id, "INTERNAL", BEGAN + MILLISECONDS.toNanos(from),
                BEGAN + MILLISECONDS.toNanos(until), "", "");
    }

    static Span span(String id, String parent, String service, long from, long until) {
        return span("t", id, parent, service, from, until);
    }

    static Span ofOrder(String order, Span span) {
        return new Span(span.trace(), span.id(), span.parent(), span.service(), span.name(), span.kind(), span.from(),
                span.until(), order, span.error());
    }

    static Span failed(Span span) {
        return new Span(span.trace(), span.id(), span.parent(), span.service(), span.name(), span.kind(), span.from(),
                span.until(), span.order(), "IOException");
    }
}
