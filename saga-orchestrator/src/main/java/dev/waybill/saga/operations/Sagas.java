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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The stored sagas as they are shown: without what they remember, so no address comes near a list. */
@Repository
class Sagas {

    private static final String COLUMNS = "id, type, order_id, order_number, status, step, started_at, updated_at, deadline, version";

    private final JdbcClient database;

    Sagas(JdbcClient database) {
        this.database = database;
    }

    /** By the time they were started, as their ids sort by it. */
    Page<SagaView> list(SagaFilter filter, boolean oldestFirst, PageRequest page) {
        Statement statement = statement(filter, oldestFirst, page.after(UUID::fromString), page.fetchSize());
        return page.page(database.sql(statement.sql()).params(statement.parameters()).query(Sagas::view).list(),
                SagaView::id);
    }

    record Statement(String sql, Map<String, Object> parameters) {}

    Statement statement(SagaFilter filter, boolean oldestFirst, Optional<UUID> after, int rows) {
        Map<String, Object> conditions = conditions(filter);
        after.ifPresent(id -> conditions.put(oldestFirst ? "id > :after" : "id < :after", id));
        String where = where(conditions);
        Map<String, Object> parameters = parameters(conditions);
        parameters.put("rows", rows);
        if (oldestFirst && filter.status() != null && !filter.status().isFinished()) {
            return new Statement(oldestAtEachStep(where), parameters);
        }
        return new Statement("select %s from saga where %s order by id %s limit :rows"
                .formatted(COLUMNS, where, oldestFirst ? "asc" : "desc"), parameters);
    }

    /**
     * The index of those that have not finished has them by status and step, and in each step by age. So the steps at which any stands are
     * found one after the other, and at each of them the oldest: an index by status and age alone would cost every saga at every step.
     */
    private static String oldestAtEachStep(String where) {
        return """
                with recursive steps (at) as (
                  select min(step) from saga where status = :status and status not in ('COMPLETED', 'COMPENSATED')
                  union all
                  select (select min(step) from saga
                          where status = :status and status not in ('COMPLETED', 'COMPENSATED') and step > steps.at)
                  from steps where steps.at is not null)
                select %1$s from steps cross join lateral (
                  select * from saga
                  where %2$s and status not in ('COMPLETED', 'COMPENSATED') and step = steps.at order by id limit :rows) oldest
                order by id limit :rows
                """
                .formatted(COLUMNS, where);
    }

    /** Of those that have not finished: only they are in the index that is read. */
    List<SagaCount> counts(SagaFilter filter) {
        Map<String, Object> conditions = conditions(filter);
        return database.sql("""
                select status, step, count(*) as sagas from saga where %s and status not in ('COMPLETED', 'COMPENSATED')
                group by status, step order by status, step""".formatted(where(conditions)))
                .params(parameters(conditions))
                .query((row, _) -> new SagaCount(Status.valueOf(row.getString("status")), row.getString("step"),
                        row.getLong("sagas")))
                .list();
    }

    /** Each with its value. */
    private static Map<String, Object> conditions(SagaFilter filter) {
        Map<String, Object> conditions = new LinkedHashMap<>();
        put(conditions, "type = :type", filter.type());
        put(conditions, "status = :status", filter.status() == null ? null : filter.status().name());
        put(conditions, "step = :step", filter.step());
        put(conditions, "started_at < :started", filter.startedBefore() == null
                ? null
                : Timestamp.from(filter.startedBefore()));
        put(conditions, "order_id = :order", filter.orderId());
        return conditions;
    }

    private static String where(Map<String, Object> conditions) {
        return conditions.isEmpty() ? "true" : String.join(" and ", conditions.keySet());
    }

    private static Map<String, Object> parameters(Map<String, Object> conditions) {
        Map<String, Object> parameters = new HashMap<>();
        conditions
                .forEach((condition, value) -> parameters.put(condition.substring(condition.indexOf(':') + 1), value));
        return parameters;
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
                row.getString("order_number"),
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
