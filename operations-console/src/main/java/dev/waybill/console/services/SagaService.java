package dev.waybill.console.services;

import dev.waybill.console.who.Who;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The sagas, as the orchestrator tells of them, and what it takes from people who look after them: each act is about the version that was
 * looked at, and is refused where the saga has another one by then. So it is done once at most, however often it is asked for.
 */
@Component
public class SagaService {

    private final ServiceHttp http;

    SagaService(Services services) {
        this.http = services.of(Services.SAGA);
    }

    /**
     * A saga.
     *
     * @param orderNumber what people call the order, where the saga knows it
     * @param version     goes up with whatever happens to it
     * @param journal     empty in lists
     */
    public record Saga(UUID id, @Nullable String type, @Nullable UUID orderId, @Nullable String orderNumber,
            @Nullable String status, @Nullable String step, @Nullable Instant startedAt,
            @Nullable Instant updatedAt, @Nullable Instant deadline, long version, List<Line> journal) {

        public Saga {
            journal = Listing.orEmpty(journal);
        }

        public boolean isStuck() {
            return "STUCK".equals(status);
        }

        public boolean isFinished() {
            return "COMPLETED".equals(status) || "COMPENSATED".equals(status);
        }

        /** Its order, as people name it; by its id where the saga knows no better. */
        public @Nullable String orderName() {
            return orderNumber != null || orderId == null ? orderNumber : orderId.toString();
        }
    }

    public record Line(@Nullable Instant at, @Nullable String step, @Nullable String kind, @Nullable String detail,
            @Nullable UUID messageId) {}

    /** What is empty does not matter. */
    public record Wanted(String status, String step, String type, String olderThan, @Nullable UUID orderId) {}

    /** How many stand at one step. */
    public record Standing(@Nullable String status, @Nullable String step, long sagas) {}

    /** The newest first. */
    public Answer<Listing<Saga>> list(Wanted wanted, int limit, @Nullable String cursor) {
        return list(wanted, false, limit, cursor);
    }

    /** The oldest first. */
    public Answer<Listing<Saga>> oldest(Wanted wanted, int limit, @Nullable String cursor) {
        return list(wanted, true, limit, cursor);
    }

    private Answer<Listing<Saga>> list(Wanted wanted, boolean oldestFirst, int limit, @Nullable String cursor) {
        Map<String, Object> query = new HashMap<>(query(wanted));
        query.put("orderId", wanted.orderId() == null ? "" : wanted.orderId());
        query.put("oldestFirst", oldestFirst ? "true" : "");
        query.put("limit", limit);
        query.put("cursor", cursor == null ? "" : cursor);
        return http.list(Saga.class, "/sagas", query);
    }

    /** Of those that have not finished, all of them, whatever order they belong to. */
    public Answer<Listing<Standing>> counts(Wanted wanted) {
        return http.list(Standing.class, "/sagas/counts", query(wanted));
    }

    private static Map<String, Object> query(Wanted wanted) {
        return Map.of("status", wanted.status(), "step", wanted.step(), "type", wanted.type(),
                "olderThan", wanted.olderThan());
    }

    public Answer<Saga> saga(UUID id) {
        return http.get(Saga.class, "/sagas/" + id);
    }

    public Answer<Saga> retry(UUID id, long version, Who who, String reason) {
        return http.post(Saga.class, "/sagas/%s/retry".formatted(id), who, version, Map.of("reason", reason));
    }

    public Answer<Saga> skip(UUID id, long version, Who who, String reason) {
        return http.post(Saga.class, "/sagas/%s/skip".formatted(id), who, version, Map.of("reason", reason));
    }

    public Answer<Saga> compensate(UUID id, long version, Who who, String reason) {
        return http.post(Saga.class, "/sagas/%s/compensate".formatted(id), who, version, Map.of("reason", reason));
    }

    /** @param outcome {@code COMPLETED} or {@code COMPENSATED} */
    public Answer<Saga> resolve(UUID id, long version, Who who, String outcome, String reason) {
        return http.post(Saga.class, "/sagas/%s/resolve".formatted(id), who, version,
                Map.of("outcome", outcome, "reason", reason));
    }
}
