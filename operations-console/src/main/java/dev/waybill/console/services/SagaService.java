package dev.waybill.console.services;

import dev.waybill.console.who.Who;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The sagas, as the orchestrator tells of them, and what it takes from people who look after them. */
@Component
public class SagaService {

    private final ServiceHttp http;

    SagaService(Services services) {
        this.http = services.of(Services.SAGA);
    }

    /** @param journal empty in lists */
    public record Saga(UUID id, @Nullable String type, @Nullable UUID orderId, @Nullable String status,
            @Nullable String step, @Nullable Instant startedAt, @Nullable Instant updatedAt,
            @Nullable Instant deadline, long version, List<Line> journal) {

        public Saga {
            journal = Listing.orEmpty(journal);
        }

        public boolean isStuck() {
            return "STUCK".equals(status);
        }

        public boolean isFinished() {
            return "COMPLETED".equals(status) || "COMPENSATED".equals(status);
        }
    }

    public record Line(@Nullable Instant at, @Nullable String step, @Nullable String kind, @Nullable String detail,
            @Nullable UUID messageId) {}

    /** What is empty does not matter. */
    public record Wanted(String status, String step, String type, String olderThan, @Nullable UUID orderId) {}

    /** Newest first. */
    public Answer<Listing<Saga>> list(Wanted wanted, int limit, @Nullable String cursor) {
        return http.list(Saga.class, "/sagas", Map.of(
                "status", wanted.status(),
                "step", wanted.step(),
                "type", wanted.type(),
                "olderThan", wanted.olderThan(),
                "orderId", wanted.orderId() == null ? "" : wanted.orderId(),
                "limit", limit,
                "cursor", cursor == null ? "" : cursor));
    }

    public Answer<Saga> saga(UUID id) {
        return http.get(Saga.class, "/sagas/" + id);
    }

    public Answer<Saga> retry(UUID id, Who who, String reason) {
        return http.post(Saga.class, "/sagas/%s/retry".formatted(id), who, Map.of("reason", reason));
    }

    public Answer<Saga> skip(UUID id, Who who, String reason) {
        return http.post(Saga.class, "/sagas/%s/skip".formatted(id), who, Map.of("reason", reason));
    }

    public Answer<Saga> compensate(UUID id, Who who, String reason) {
        return http.post(Saga.class, "/sagas/%s/compensate".formatted(id), who, Map.of("reason", reason));
    }

    /** @param outcome {@code COMPLETED} or {@code COMPENSATED} */
    public Answer<Saga> resolve(UUID id, Who who, String outcome, String reason) {
        return http.post(Saga.class, "/sagas/%s/resolve".formatted(id), who,
                Map.of("outcome", outcome, "reason", reason));
    }
}
