package dev.waybill.defaults.telemetry;

import io.micrometer.common.KeyValue;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.web.filter.ServerHttpObservationFilter;
import org.springframework.web.servlet.AsyncHandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

import java.util.Map;
import java.util.UUID;

/**
 * Whoever asks about one order leaves lines and a span that name it. By the path: {@code {orderId}} anywhere, or {@code {id}} under
 * {@code /orders}. Messages have the same fields, set by the module messaging.
 */
final class OrdersInTelemetry implements AsyncHandlerInterceptor {

    static final String ORDER = "waybill.order.id";

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        String order = orderOf(request);
        if (order != null) {
            MDC.put(ORDER, order);
            ServerHttpObservationFilter.findObservationContext(request)
                    .ifPresent(context -> context.addHighCardinalityKeyValue(KeyValue.of(ORDER, order)));
        }
        return true;
    }

    @Override
    public void afterCompletion(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable Exception fault) {
        MDC.remove(ORDER);
    }

    /** The answer is written by others, later. */
    @Override
    public void afterConcurrentHandlingStarted(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        MDC.remove(ORDER);
    }

    private static @Nullable String orderOf(HttpServletRequest request) {
        Object variables = request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
        if (!(variables instanceof Map<?, ?> path)) {
            return null;
        }
        Object id = path.get("orderId");
        if (id == null && request.getRequestURI().startsWith("/orders/")) {
            id = path.get("id");
        }
        // Anything else is no order's, and may be any text.
        return id instanceof String text ? asId(text) : null;
    }

    private static @Nullable String asId(String text) {
        try {
            return UUID.fromString(text).toString();
        } catch (IllegalArgumentException _) {
            return null;
        }
    }
}
