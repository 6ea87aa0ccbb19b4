package dev.waybill.console.services;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Shipments, as their service tells of them. */
@Component
public class ShippingService {

    private final ServiceHttp http;

    ShippingService(Services services) {
        this.http = services.of(Services.SHIPPING);
    }

    public record Shipment(@Nullable String status, @Nullable String carrier, @Nullable String trackingNumber,
            List<Step> history) {

        public Shipment {
            history = Listing.orEmpty(history);
        }
    }

    public record Step(@Nullable Instant at, @Nullable String status) {}

    public Answer<Shipment> shipment(UUID order) {
        return http.get(Shipment.class, "/shipments/" + order);
    }

    public Answer<Listing<OutsideCall>> waitsFor(UUID order) {
        return http.list(OutsideCall.class, OutsideCall.PATH, Map.of("orderId", order));
    }
}
