package dev.waybill.messaging.operations;

import dev.waybill.defaults.paging.Page;
import dev.waybill.defaults.paging.PageRequest;
import dev.waybill.messaging.outside.OpenCalls;
import dev.waybill.messaging.outside.OpenCalls.OpenOutsideCall;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/** Shows operators what is waited for from the outside world, and why: an order's saga waits for as long. */
@RestController
@ConditionalOnBean({OpenCalls.class, CircuitBreakerRegistry.class})
class OutsideCallController {

    private final OpenCalls calls;
    private final CircuitBreakerRegistry breakers;

    OutsideCallController(OpenCalls calls, CircuitBreakerRegistry breakers) {
        this.calls = calls;
        this.breakers = breakers;
    }

    /**
     * @param items the oldest first
     * @param breakers of this process
     */
    record OutsideCallsView(List<OpenOutsideCall> items, @Nullable String next, List<Breaker> breakers) {}

    /** Lets calls through to the other side of this name, or does not: CLOSED, OPEN, HALF_OPEN. */
    record Breaker(String name, CircuitBreaker.State state) {}

    @GetMapping("/operations/outside-calls")
    OutsideCallsView outsideCalls(@RequestParam(required = false) @Nullable UUID orderId, PageRequest page) {
        List<OpenOutsideCall> rows = calls
                .list(orderId, page.after(UUID::fromString).orElse(null), page.fetchSize());
        Page<OpenOutsideCall> shown = page.page(rows, OpenOutsideCall::id);
        return new OutsideCallsView(
                shown.items(),
                shown.next(),
                breakers.getAllCircuitBreakers().stream()
                        .map(breaker -> new Breaker(breaker.getName(), breaker.getState()))
                        .sorted(Comparator.comparing(Breaker::name)).toList());
    }
}
