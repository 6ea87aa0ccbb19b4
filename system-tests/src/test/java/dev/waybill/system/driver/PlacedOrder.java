package dev.waybill.system.driver;

import dev.waybill.system.auditor.reading.Addresses.Service;
import dev.waybill.system.driver.Http.Answer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import static java.util.Objects.requireNonNull;
import static org.awaitility.Awaitility.await;

/**
 * An order that was acknowledged, and how to follow it.
 *
 * @param attempts how often the client had to ask
 */
public record PlacedOrder(Waybill waybill, String id, int attempts, Instant acknowledgedAt) {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    static PlacedOrder from(Waybill waybill, JsonNode order, int attempts) {
        return new PlacedOrder(waybill, order.path("id").asString(), attempts, Instant.now());
    }

    /** Where an order has come to. */
    public record End(String status, @Nullable String reason, Instant at) {

        public boolean isRejected() {
            return status.equals("REJECTED");
        }

        @Override
        public String toString() {
            return reason == null ? status : status + " " + reason;
        }
    }

    public End now() {
        JsonNode order = waybill.get("/orders/" + id).json();
        JsonNode reason = order.path("reason");
        return new End(order.path("status").asString(), reason.isString() ? reason.asString() : null,
                Instant.parse(order.path("updatedAt").asString()));
    }

    /** Waits until it is confirmed or rejected. */
    public End end() {
        return endWithin(PATIENCE);
    }

    public End endWithin(Duration atMost) {
        var last = new AtomicReference<@Nullable End>();
        await("order " + id + " ends").atMost(atMost).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(100))
                .ignoreExceptions()
                .until(() -> {
                    End now = now();
                    last.set(now);
                    return !now.status().equals("PENDING");
                });
        return requireNonNull(last.get());
    }

    /** Waits until it has this status. */
    public void becomes(String status) {
        await("order %s becomes %s".formatted(id, status)).atMost(PATIENCE).pollInterval(Duration.ofMillis(100))
                .ignoreExceptions().until(() -> now().status(), status::equals);
    }

    /** Waits until its parcel may leave. */
    public void isDispatched() {
        await("the parcel of %s is dispatched".formatted(id)).atMost(PATIENCE).pollInterval(Duration.ofMillis(100))
                .until(() -> waybill.carrierBooks(this), books -> books.equals(List.of("DISPATCHED")));
    }

    /** The customer wants it cancelled. */
    public Answer cancel(String why) {
        return waybill.post(Service.ORDER, "/orders/%s/cancellation".formatted(id), Map.of("reason", why));
    }

    /** The customer sends pieces back. */
    public Answer sendBack(String sku, int quantity, String why) {
        return waybill.post(Service.ORDER, "/orders/%s/returns".formatted(id),
                Map.of("lines", List.of(Map.of("sku", sku, "quantity", quantity)), "reason", why));
    }

    /** An operator gives money back. */
    public Answer refund(long amountMinor, String why) {
        return waybill.post(Service.PAYMENT, "/payments/%s/refunds".formatted(id),
                Map.of("amount", Map.of("amountMinor", amountMinor, "currency", "EUR"), "reason", why));
    }

    @Override
    public String toString() {
        return "order " + id;
    }
}
