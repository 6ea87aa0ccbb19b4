package dev.waybill.defaults.telemetry;

import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.client.observation.ClientRequestObservationContext;
import org.springframework.http.server.observation.ServerRequestObservationContext;

import java.io.IOException;
import java.util.regex.Pattern;

/**
 * Spans of requests by the names of <a href="https://opentelemetry.io/docs/specs/semconv/http/http-spans/">OpenTelemetry's conventions</a>, so
 * that any trace store knows them for what they are. Only the spans: the metrics keep the names that Spring gives them.
 */
final class HttpSpanNames implements ObservationFilter {

    private static final String METHOD = "http.request.method";
    private static final Pattern SCHEME_AND_HOST = Pattern.compile("^https?://[^/]+");
    private static final String STATUS = "http.response.status_code";

    @Override
    public Observation.Context map(Observation.Context context) {
        if (context instanceof ServerRequestObservationContext served) {
            nameServed(served);
        } else if (context instanceof ClientRequestObservationContext asked) {
            nameAsked(asked);
        }
        return context;
    }

    private static void nameServed(ServerRequestObservationContext context) {
        HttpServletRequest request = context.getCarrier();
        if (request == null) {
            return;
        }
        name(context, request.getMethod(), "http.route", context.getPathPattern());
        HttpServletResponse response = context.getResponse();
        if (response != null) {
            add(context, STATUS, Integer.toString(response.getStatus()));
        }
    }

    private static void nameAsked(ClientRequestObservationContext context) {
        var request = context.getCarrier();
        if (request == null) {
            return;
        }
        name(context, request.getMethod().name(), "url.template", pathOf(context.getUriTemplate()));
        add(context, "server.address", request.getURI().getHost());
        try {
            var response = context.getResponse();
            if (response != null) {
                add(context, STATUS, Integer.toString(response.getStatusCode().value()));
            }
        } catch (IOException _) {
            // There was none.
        }
    }

    private static @Nullable String pathOf(@Nullable String template) {
        return template == null ? null : SCHEME_AND_HOST.matcher(template).replaceFirst("");
    }

    /** A path without its pattern may be any, and hold anything: it is no name. */
    private static void name(Observation.Context context, String method, String key, @Nullable String pattern) {
        add(context, METHOD, method);
        add(context, key, pattern);
        context.setContextualName(pattern == null ? method : method + " " + pattern);
    }

    private static void add(Observation.Context context, String key, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            context.addHighCardinalityKeyValue(KeyValue.of(key, value));
        }
    }
}
