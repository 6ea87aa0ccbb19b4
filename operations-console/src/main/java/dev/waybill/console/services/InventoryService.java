package dev.waybill.console.services;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What is held in the warehouse, as its service tells of it. */
@Component
public class InventoryService {

    private final ServiceHttp http;

    InventoryService(Services services) {
        this.http = services.of(Services.INVENTORY);
    }

    /**
     * A reservation.
     *
     * @param restocked what had left and is back
     * @param heldUntil when it is overdue
     */
    public record Reservation(@Nullable String status, List<Held> lines, List<Held> restocked,
            @Nullable Instant heldUntil) {

        public Reservation {
            lines = Listing.orEmpty(lines);
            restocked = Listing.orEmpty(restocked);
        }
    }

    public record Held(@Nullable String sku, int quantity) {}

    public Answer<Reservation> reservation(UUID order) {
        return http.get(Reservation.class, "/reservations/" + order);
    }
}
