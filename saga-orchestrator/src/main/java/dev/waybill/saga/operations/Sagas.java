package dev.waybill.saga.operations;

import dev.waybill.defaults.paging.Page;
import dev.waybill.defaults.paging.PageRequest;
import dev.waybill.saga.engine.JournalEntry;
import dev.waybill.saga.engine.Status;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The stored sagas as they are shown: without what they remember, so no address comes near a list. */
@Repository
class Sagas {

    private static final String COLUMNS = "id, type, order_id, status, step, started_at, updated_at, deadline, version";

    private final JdbcClient database;

    Sagas(JdbcClient database) {
        this.database = database;
    }

    /** The newest first: their ids sort by the time they were started. */
    Page<SagaView> list(SagaFilter filter, PageRequest page) {
        Map<String, Object> conditions = new LinkedHashMap<>();
        put(conditions, "type = :type", filter.type());
        put(conditions, "status = :status", filter.status() == null ? null : filter.status().name());
        put(conditions, "step = :step", filter.step());
        put(conditions, "started_at < :started", filter.startedBefore() == null
                ? null
                : Timestamp.from(filter.startedBefore()));
        put(conditions, "order_id = :order", filter.orderId());
        page.after(UUID::fromString).ifPresent(id -> conditions.put("id < :after", id));

        List<String> where = new ArrayList<>(conditions.keySet());
        where.addFirst("true");
        var query = database.sql("select %s from saga where %s order by id desc limit :rows"
                .formatted(COLUMNS, String.join(" and ", where))).param("rows", page.fetchSize());
        conditions.forEach((condition, value) -> query.param(condition.substring(condition.indexOf(':') + 1), value));
        return page.page(query.query(Sagas::view).list(), SagaView::id);
    }

    Optional<SagaDetails> find(UUID id) {
        return database.sql("select %s from saga where id = :id".formatted(COLUMNS)).param("id", id)
                .query(Sagas::view).optional().map(saga -> new SagaDetails(saga, journal(id)));
    }

    private List<SagaDetails.Line> journal(UUID saga) {
        return database
                .sql("select at, step, kind, detail, message_id from saga_journal where saga_id = :saga order by seq")
                .param("saga", saga)
                .query((row, _) -> new SagaDetails.Line(
                        row.getTimestamp("at").toInstant(),
                        row.getString("step"),
                        JournalEntry.Kind.valueOf(row.getString("kind")),
                        row.getString("detail"),
                        row.getObject("message_id", UUID.class)))
                .list();
    }

    private static SagaView view(ResultSet row, int number) throws SQLException {
        return new SagaView(
                row.getObject("id", UUID.class),
                row.getString("type"),
                row.getObject("order_id", UUID.class),
                Status.valueOf(row.getString("status")),
                row.getString("step"),
                row.getTimestamp("started_at").toInstant(),
                row.getTimestamp("updated_at").toInstant(),
                instant(row.getTimestamp("deadline")),
                row.getLong("version"));
    }

    private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }

    private static void put(Map<String, Object> conditions, String condition, @Nullable Object value) {
        if (value != null) {
            conditions.put(condition, value);
        }
    }
}
