package dev.waybill.console.services;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** The mails, as their service tells of them. */
@Component
public class NotificationService {

    private final ServiceHttp http;

    NotificationService(Services services) {
        this.http = services.of(Services.NOTIFICATION);
    }

    /** @param reason why there is no mail */
    public record Mail(UUID id, @Nullable String template, @Nullable String recipient, @Nullable String status,
            @Nullable String reason, int attempts, @Nullable Instant sentAt) {}

    /** The newest first. */
    public Answer<Listing<Mail>> mails(UUID order) {
        return http.list(Mail.class, "/notifications", Map.of("orderId", order, "limit", 100));
    }
}
