package dev.waybill.system.driver;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Where the services of the tests' platform send their spans: receives OTLP over HTTP, as a trace store does, and keeps what
 * came. Only requests whose caller wants a trace leave one, so the other tests are neither slowed down nor remembered.
 */
public final class ReceivedSpans implements AutoCloseable {

    private static final String PATH = "/v1/traces";
    private static final String PROTOBUF = "application/x-protobuf";

    private final HttpServer server;
    private final Queue<ReceivedSpan> spans = new ConcurrentLinkedQueue<>();
    private final Http http = new Http();
    private volatile @Nullable URI handedOnTo;

    /** A span as its service has sent it; without a parent, {@code parent} is empty. */
    public record ReceivedSpan(String service, String name, SpanKind kind, String trace, String id, String parent,
            Map<String, String> attributes) {

        public String attribute(String key) {
            return attributes.getOrDefault(key, "");
        }
    }

    ReceivedSpans() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext(PATH, this::receive);
        server.start();
    }

    /** What has come of a trace until now. */
    public List<ReceivedSpan> of(String trace) {
        return spans.stream().filter(span -> span.trace().equals(trace)).toList();
    }

    /** What comes from now on goes there too. */
    public void handOnTo(URI store) {
        handedOnTo = store.resolve(PATH);
    }

    /** What makes an application send its spans here, at once, and only those it is asked for. */
    Map<String, String> environment() {
        return Map.of("MANAGEMENT_OPENTELEMETRY_TRACING_EXPORT_OTLP_ENDPOINT",
                "http://127.0.0.1:%d%s".formatted(server.getAddress().getPort(), PATH),
                "MANAGEMENT_OPENTELEMETRY_TRACING_EXPORT_SCHEDULEDELAY", "200ms",
                "MANAGEMENT_TRACING_SAMPLING_PROBABILITY", "0");
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            add(ExportTraceServiceRequest.parseFrom(body));
            URI further = handedOnTo;
            if (further != null) {
                http.post(further, PROTOBUF, body);
            }
            exchange.getResponseHeaders().add("Content-Type", PROTOBUF);
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private void add(ExportTraceServiceRequest request) {
        for (ResourceSpans of : request.getResourceSpansList()) {
            String service = texts(of.getResource().getAttributesList()).getOrDefault("service.name", "");
            for (ScopeSpans scope : of.getScopeSpansList()) {
                scope.getSpansList().forEach(span -> spans.add(new ReceivedSpan(service, span.getName(), span.getKind(),
                        hex(span.getTraceId().toByteArray()), hex(span.getSpanId().toByteArray()),
                        hex(span.getParentSpanId().toByteArray()), texts(span.getAttributesList()))));
            }
        }
    }

    private static Map<String, String> texts(List<KeyValue> attributes) {
        Map<String, String> texts = new HashMap<>();
        attributes.forEach(attribute -> texts.put(attribute.getKey(), attribute.getValue().getStringValue()));
        return texts;
    }

    private static String hex(byte[] id) {
        return HexFormat.of().formatHex(id);
    }
}
