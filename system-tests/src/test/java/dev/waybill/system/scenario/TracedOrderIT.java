package dev.waybill.system.scenario;

import dev.waybill.system.driver.PlacedOrder;
import dev.waybill.system.driver.PlatformTest;
import dev.waybill.system.driver.ReceivedSpans.ReceivedSpan;
import dev.waybill.system.driver.SpanOfAnOrder;
import dev.waybill.system.driver.Waybill;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * One order, whose caller asks for a trace as any caller does, and the spans that the running services send of it: a message
 * leaves its trace nowhere between the request and the last parcel, and hangs where it was written.
 */
@PlatformTest
@Order(1)
class TracedOrderIT {

    /** Services that say what the outside has answered. */
    private static final Set<String> CALLING_OUT = Set.of("payment-service", "shipping-service");

    private final Waybill waybill;
    private final String trace = UUID.randomUUID().toString().replace("-", "");
    private final String caller = trace.substring(16);
    private @Nullable PlacedOrder order;

    TracedOrderIT(Waybill waybill) {
        this.waybill = waybill;
    }

    @BeforeAll
    void anOrderOfACallerWhoWantsATrace() {
        PlacedOrder placed = waybill.order("FILTER-04", 1).to("DE").mailedTo("traced@example.com")
                .place(Map.of("traceparent", "00-%s-%s-01".formatted(trace, caller)));
        assertThat(placed.end()).hasToString("CONFIRMED");
        order = placed;
    }

    @Test
    void everyMessageOfTheOrderIsSentAndProcessedInTheCallersTrace() {
        soon().untilAsserted(() -> assertThat(ways()).containsExactlyInAnyOrder(
                "order-service > order.events > notification-service and order-service and saga-orchestrator",
                "saga-orchestrator > inventory.commands > inventory-service",
                "inventory-service > inventory.events > order-service and saga-orchestrator",
                "saga-orchestrator > payment.commands > payment-service",
                "payment-service > payment.events > order-service and saga-orchestrator",
                "saga-orchestrator > shipping.commands > shipping-service",
                "shipping-service > shipping.events > order-service and saga-orchestrator",
                "saga-orchestrator > payment.commands > payment-service",
                "payment-service > payment.events > order-service and saga-orchestrator",
                "saga-orchestrator > order.commands > order-service",
                "order-service > order.events > notification-service and order-service and saga-orchestrator",
                "saga-orchestrator > inventory.commands > inventory-service",
                "inventory-service > inventory.events > order-service and saga-orchestrator",
                "saga-orchestrator > shipping.commands > shipping-service",
                "shipping-service > shipping.events > order-service and saga-orchestrator"));
    }

    @Test
    void theRequestHangsUnderItsCallerAndAllElseUnderTheRequest() {
        soon().untilAsserted(() -> {
            List<ReceivedSpan> spans = spans();
            Set<String> ids = spans.stream().map(ReceivedSpan::id).collect(toSet());
            assertThat(spans).filteredOn(span -> !ids.contains(span.parent())).singleElement().satisfies(request -> {
                assertThat(request.parent()).isEqualTo(caller);
                assertThat(request.service()).isEqualTo("order-service");
                assertThat(request.kind()).isEqualTo(SpanKind.SPAN_KIND_SERVER);
                assertThat(request.name()).isEqualTo("POST /orders");
            });
        });
    }

    @Test
    void sendingAndProcessingHangUnderTheTransactionThatWroteTheMessage() {
        soon().untilAsserted(() -> {
            Map<String, ReceivedSpan> byId = spans().stream().collect(
                    toMap(ReceivedSpan::id, Function.identity(), (first, again) -> first));
            assertThat(messages()).hasSize(15).allSatisfy(message -> {
                assertThat(message).extracting(ReceivedSpan::parent).as("one writer").containsOnly(
                        message.getFirst().parent());
                assertThat(byId).containsKey(message.getFirst().parent());
                ReceivedSpan writer = requireNonNull(byId.get(message.getFirst().parent()));
                String sender = services(message, SpanKind.SPAN_KIND_PRODUCER);
                // An answer from outside comes after its command was handled: it hangs where the command does.
                assertThat(writer.service()).isEqualTo(CALLING_OUT.contains(sender) ? "saga-orchestrator" : sender);
                assertThat(writer.kind()).isIn(SpanKind.SPAN_KIND_SERVER, SpanKind.SPAN_KIND_CONSUMER);
            });
        });
    }

    @Test
    void aCallToTheOutsideHangsWhereTheCommandDoesThatAskedForIt() {
        soon().untilAsserted(() -> {
            List<ReceivedSpan> spans = spans();
            Set<String> commandsHangUnder = spans.stream().filter(span -> span.name().startsWith("process "))
                    .filter(span -> CALLING_OUT.contains(span.service())).map(ReceivedSpan::parent).collect(toSet());
            List<ReceivedSpan> requests = spans.stream().filter(span -> span.kind() == SpanKind.SPAN_KIND_CLIENT)
                    .toList();
            List<ReceivedSpan> calls = spans.stream().filter(
                    span -> requests.stream().anyMatch(request -> request.parent().equals(span.id()))).toList();
            // More than once where no answer came.
            assertThat(calls).extracting(ReceivedSpan::name).containsOnly("payment.authorize", "shipment.book",
                    "payment.capture", "shipment.dispatch");
            assertThat(calls).extracting(ReceivedSpan::parent).isSubsetOf(commandsHangUnder);
        });
    }

    /** To the customer's mail, where the trace ends. */
    @Test
    void theMailHangsWhereTheFactDoesThatItTellsOf() {
        soon().untilAsserted(() -> {
            List<ReceivedSpan> spans = spans();
            Set<String> factsHangUnder = spans.stream().filter(span -> span.name().equals("process order.events"))
                    .filter(span -> span.service().equals("notification-service")).map(ReceivedSpan::parent)
                    .collect(toSet());
            List<ReceivedSpan> mails = spans.stream().filter(span -> span.name().equals("mail.send")).toList();
            assertThat(mails).isNotEmpty().extracting(ReceivedSpan::service).containsOnly("notification-service");
            assertThat(mails).extracting(ReceivedSpan::parent).isSubsetOf(factsHangUnder);
        });
    }

    /** So whatever a link asks for by one of these names, it finds. */
    @Test
    void theTraceHasTheSpansThatAreLookedForAndNoOthers() {
        soon().untilAsserted(() -> assertThat(spans().stream()
                .map(span -> new SpanOfAnOrder(span.service(), span.kind(), span.name())).collect(toSet()))
                .containsExactlyInAnyOrderElementsOf(SpanOfAnOrder.ALL));
    }

    @Test
    void requestsMessagesAndCallsAreNamedAsTheConventionsSay() {
        soon().untilAsserted(() -> {
            List<ReceivedSpan> spans = spans();
            assertThat(spans).filteredOn(span -> span.kind() == SpanKind.SPAN_KIND_SERVER)
                    .anySatisfy(request -> {
                        assertThat(request.attribute("http.request.method")).isEqualTo("POST");
                        assertThat(request.attribute("http.route")).isEqualTo("/orders");
                        assertThat(request.attribute("http.response.status_code")).isEqualTo("202");
                    });
            assertThat(spans).filteredOn(span -> span.kind() == SpanKind.SPAN_KIND_CLIENT).isNotEmpty()
                    .allSatisfy(call -> assertThat(call.attribute("http.request.method")).isEqualTo("POST"));
            assertThat(messages()).isNotEmpty().allSatisfy(message -> assertThat(message)
                    .extracting(span -> span.attribute("messaging.system")).containsOnly("kafka"));
            assertThat(spans).filteredOn(span -> span.name().startsWith("process ")).isNotEmpty()
                    .extracting(span -> span.attribute("waybill.order.id")).containsOnly(placed().id());
        });
    }

    private PlacedOrder placed() {
        return requireNonNull(order);
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(30));
    }

    private List<ReceivedSpan> spans() {
        return waybill.platform().spans().of(trace);
    }

    /** The spans of each message. */
    private Collection<List<ReceivedSpan>> messages() {
        return spans().stream().filter(span -> !span.attribute("messaging.message.id").isEmpty())
                .collect(groupingBy(span -> span.attribute("messaging.message.id"))).values();
    }

    /** The way of each message: who has sent it, where to, and who has processed it. */
    private Stream<String> ways() {
        return messages().stream().map(message -> String.join(" > ", services(message, SpanKind.SPAN_KIND_PRODUCER),
                message.getFirst().attribute("messaging.destination.name"),
                services(message, SpanKind.SPAN_KIND_CONSUMER)));
    }

    /** Once each: a relay that cannot know whether its message arrived sends it again. */
    private static String services(List<ReceivedSpan> message, SpanKind kind) {
        return message.stream().filter(span -> span.kind() == kind).map(ReceivedSpan::service).distinct().sorted()
                .collect(joining(" and "));
    }
}
