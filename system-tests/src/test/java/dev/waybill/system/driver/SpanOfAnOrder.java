package dev.waybill.system.driver;

import io.opentelemetry.proto.trace.v1.Span.SpanKind;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static io.opentelemetry.proto.trace.v1.Span.SpanKind.SPAN_KIND_CLIENT;
import static io.opentelemetry.proto.trace.v1.Span.SpanKind.SPAN_KIND_CONSUMER;
import static io.opentelemetry.proto.trace.v1.Span.SpanKind.SPAN_KIND_PRODUCER;
import static io.opentelemetry.proto.trace.v1.Span.SpanKind.SPAN_KIND_SERVER;

/**
 * A span of the trace of an order that is fulfilled, by what it is looked for. The running platform leaves these and no others; links from
 * dashboards and runbooks ask for nothing else.
 */
public record SpanOfAnOrder(String service, SpanKind kind, String name) {

    public static final Set<SpanOfAnOrder> ALL = Stream.of(
            requests("order-service", "POST /orders"),
            messages("order-service", "order.events", "inventory.events", "payment.events", "shipping.events",
                    "order.commands"),
            messages("saga-orchestrator", "order.events", "inventory.events", "payment.events", "shipping.events"),
            messages("inventory-service", "inventory.commands"),
            messages("payment-service", "payment.commands"),
            messages("shipping-service", "shipping.commands"),
            messages("notification-service", "order.events"),
            sends("order-service", "order.events"),
            sends("saga-orchestrator", "inventory.commands", "payment.commands", "shipping.commands", "order.commands"),
            sends("inventory-service", "inventory.events"),
            sends("payment-service", "payment.events"),
            sends("shipping-service", "shipping.events"),
            calls("payment-service", "payment.authorize", "payment.capture"),
            calls("shipping-service", "shipment.book", "shipment.dispatch"),
            calls("notification-service", "mail.send"),
            attempts("payment-service", "POST /gateway/authorizations",
                    "POST /gateway/authorizations/{reference}/captures"),
            attempts("shipping-service", "POST /carrier/shipments",
                    "POST /carrier/shipments/{trackingNumber}/dispatch"))
            .flatMap(spans -> spans).collect(Collectors.toUnmodifiableSet());

    private static Stream<SpanOfAnOrder> requests(String service, String... names) {
        return of(service, SPAN_KIND_SERVER, "", names);
    }

    private static Stream<SpanOfAnOrder> messages(String service, String... topics) {
        return of(service, SPAN_KIND_CONSUMER, "process ", topics);
    }

    private static Stream<SpanOfAnOrder> sends(String service, String... topics) {
        return of(service, SPAN_KIND_PRODUCER, "send ", topics);
    }

    /** Calls to the outside go on where a message did that asked for them. */
    private static Stream<SpanOfAnOrder> calls(String service, String... kinds) {
        return of(service, SPAN_KIND_CONSUMER, "", kinds);
    }

    private static Stream<SpanOfAnOrder> attempts(String service, String... names) {
        return of(service, SPAN_KIND_CLIENT, "", names);
    }

    private static Stream<SpanOfAnOrder> of(String service, SpanKind kind, String prefix, String... names) {
        return Stream.of(names).map(name -> new SpanOfAnOrder(service, kind, prefix + name));
    }
}
