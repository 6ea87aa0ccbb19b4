package dev.waybill.system.driver;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.time.Instant;
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

    @Override
    public String toString() {
        return "order " + id;
    }
}
