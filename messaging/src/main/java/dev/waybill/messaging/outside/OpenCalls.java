package dev.waybill.messaging.outside;

import dev.waybill.events.OrderId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/** Shows which calls to the outside world are requested and not recorded yet, and what keeps them. */
public final class OpenCalls {

    private static final String LIST = """
            select id, kind, order_id, about, attempts, requested_at, next_attempt_at, last_error from outside_call
             where (?::uuid is null or order_id = ?::uuid) and (?::uuid is null or id > ?::uuid) order by id limit ?""";

    private final JdbcTemplate jdbc;

    OpenCalls(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A requested call.
     *
     * @param id the idempotency key; ordered by the time of the request
     * @param about which of several such calls of the order; none where there is but one
     * @param attempts how often it was taken up; one that waits behind another of its order was not yet
     * @param nextAttemptAt not before then; while an attempt is made, when it is given up for lost
     * @param lastError why the last attempt has no outcome; none where there was none, or it is still made
     */
    public record OpenOutsideCall(
            UUID id,
            String kind,
            OrderId orderId,
            @Nullable UUID about,
            int attempts,
            Instant requestedAt,
            Instant nextAttemptAt,
            @Nullable String lastError) {}

    /**
     * The oldest first.
     *
     * @param orderId of this order only, where given
     * @param after what comes after this one, where given
     */
    public List<OpenOutsideCall> list(@Nullable UUID orderId, @Nullable UUID after, int limit) {
        return jdbc.query(
                LIST,
                (row, number) -> new OpenOutsideCall(
                        row.getObject("id", UUID.class),
                        row.getString("kind"),
                        new OrderId(row.getObject("order_id", UUID.class)),
                        row.getObject("about", UUID.class),
                        row.getInt("attempts"),
                        row.getObject("requested_at", OffsetDateTime.class).toInstant(),
                        row.getObject("next_attempt_at", OffsetDateTime.class).toInstant(),
                        row.getString("last_error")),
                orderId,
                orderId,
                after,
                after,
                limit);
    }
}
