package dev.waybill.console.services;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** Payments, as their service tells of them. */
@Component
public class PaymentService {

    private final ServiceHttp http;

    PaymentService(Services services) {
        this.http = services.of(Services.PAYMENT);
    }

    public record Payment(@Nullable String status, @Nullable Money total, @Nullable Money authorized,
            @Nullable Money captured, @Nullable Money refunded, @Nullable String gatewayReference,
            @Nullable String declineReason) {}

    /** One of the events that a payment is made of. */
    public record Change(long version, @Nullable String type, @Nullable Instant at, @Nullable JsonNode data) {}

    public Answer<Payment> payment(UUID order) {
        return http.get(Payment.class, "/payments/" + order);
    }

    /** The first hundred of them, in their order. */
    public Answer<Listing<Change>> events(UUID order) {
        return http.list(Change.class, "/payments/%s/events".formatted(order), Map.of("limit", 100));
    }

    public Answer<Listing<OutsideCall>> waitsFor(UUID order) {
        return http.list(OutsideCall.class, OutsideCall.PATH, Map.of("orderId", order));
    }
}
