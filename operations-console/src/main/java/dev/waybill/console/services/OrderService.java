package dev.waybill.console.services;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import static java.util.Map.entry;

/** The orders, as their service tells of them. Addresses are not read: nobody needs them here. */
@Component
public class OrderService {

    private final ServiceHttp http;

    OrderService(Services services) {
        this.http = services.of(Services.ORDER);
    }

    public record Order(UUID id, @Nullable String number, @Nullable String customerId, @Nullable String status,
            @Nullable String reason, List<Line> lines, @Nullable Money total, @Nullable String paymentMethod,
            @Nullable Instant placedAt, @Nullable Instant updatedAt, long version) {

        public Order {
            lines = Listing.orEmpty(lines);
        }

        /** How people name it. */
        public String name() {
            return number == null ? id.toString() : number;
        }
    }

    public record Line(@Nullable String sku, int quantity, @Nullable Money unitPrice, @Nullable Money subtotal) {}

    /** One thing that happened to an order, wherever it did. */
    public record Happened(@Nullable Instant at, @Nullable String context, @Nullable String type,
            @Nullable String title, long sequence, @Nullable JsonNode details) {}

    /** What is empty does not matter. */
    public record Wanted(String q, String status, String sku, @Nullable Instant placedFrom,
            @Nullable Instant placedTo) {}

    /** Newest first. */
    public Answer<Listing<Order>> search(Wanted wanted, @Nullable String cursor) {
        return http.list(Order.class, "/orders", Map.ofEntries(
                entry("q", wanted.q()),
                entry("status", wanted.status()),
                entry("sku", wanted.sku()),
                entry("placedFrom", wanted.placedFrom() == null ? "" : wanted.placedFrom()),
                entry("placedTo", wanted.placedTo() == null ? "" : wanted.placedTo()),
                entry("cursor", cursor == null ? "" : cursor)));
    }

    public Answer<Order> order(UUID id) {
        return http.get(Order.class, "/orders/" + id);
    }

    /** As it was then. */
    public Answer<Order> order(UUID id, Instant at) {
        return http.get(Order.class, "/orders/%s".formatted(id), Map.of("at", at));
    }

    /** Causes before their effects. */
    public Answer<Listing<Happened>> timeline(UUID id) {
        return http.list(Happened.class, "/orders/%s/timeline".formatted(id), Map.of());
    }
}
