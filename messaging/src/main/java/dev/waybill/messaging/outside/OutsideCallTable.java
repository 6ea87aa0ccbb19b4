package dev.waybill.messaging.outside;

import dev.waybill.events.MessageId;
import dev.waybill.events.OrderId;
import dev.waybill.events.OrderNumber;
import dev.waybill.events.SagaId;
import dev.waybill.messaging.MessageContext;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * The table of open calls. Times are the database's own, so that replicas whose clocks differ agree about what is due.
 */
final class OutsideCallTable {

    private static final String INSERT = """
            insert into outside_call as c (id, kind, order_id, about, message_id, causation_id, saga_id, correlation_id, logical_time,
                                           traceparent, order_number, attempts, next_attempt_at)
            select r.id, r.kind, r.order_id, r.about, r.message_id, r.causation_id, r.saga_id, r.correlation_id, r.logical_time,
                   r.traceparent, r.order_number, r.first::int, clock_timestamp() + case when r.first then ? else 0 end * interval '1 ms'
              from (select u.*, u.first_here and not exists (select from outside_call e where e.order_id = u.order_id) as first
                      from unnest(?::uuid[], ?::text[], ?::uuid[], ?::uuid[], ?::uuid[], ?::uuid[], ?::uuid[], ?::text[],
                                  ?::bigint[], ?::text[], ?::text[], ?::boolean[])
                      with ordinality as u (id, kind, order_id, about, message_id, causation_id, saga_id, correlation_id,
                                            logical_time, traceparent, order_number, first_here, nth)) r
             order by r.nth
            returning c.id, c.attempts""";

    /** A materialised CTE, since a sub-select with a limit and {@code skip locked} may be run more than once. */
    private static final String CLAIM = """
            with due as materialized (
                select d.id from outside_call d
                 where d.next_attempt_at <= clock_timestamp() and d.kind = any (?) and d.id <> all (?)
                   and not exists (select from outside_call e where e.order_id = d.order_id and e.position < d.position)
                 order by d.next_attempt_at limit ? for update skip locked)
            update outside_call c
               set attempts = c.attempts + 1, next_attempt_at = clock_timestamp() + ? * interval '1 ms'
              from due where c.id = due.id
            returning c.id, c.kind, c.order_id, c.about, c.message_id, c.causation_id, c.saga_id, c.correlation_id,
                      c.logical_time, c.traceparent, c.order_number, c.attempts""";

    private static final String CLOSE = """
            delete from outside_call c where c.id = any (?)
            returning c.id, exists (select from outside_call n where n.order_id = c.order_id and n.position > c.position)""";

    private static final String CLOSE_FIRST = """
            delete from outside_call c
             where c.order_id = ? and c.kind = ? and c.id = ?
               and not exists (select from outside_call e where e.order_id = c.order_id and e.position < c.position)
            returning c.id, c.kind, c.order_id, c.about, c.message_id, c.causation_id, c.saga_id, c.correlation_id,
                      c.logical_time, c.traceparent, c.order_number, c.attempts,
                      exists (select from outside_call n where n.order_id = c.order_id and n.position > c.position) as next_waits""";

    private static final String POSTPONE = """
            update outside_call set next_attempt_at = clock_timestamp() + ? * interval '1 ms', last_error = ?
             where id = ? and attempts = ?""";

    private static final int LONGEST_ERROR = 1000;

    private final JdbcTemplate jdbc;

    OutsideCallTable(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Stores requests in one statement. What is the first open call of its order is born claimed, so that whoever requested
     * it can make it right after the commit.
     *
     * @return those that were born claimed
     */
    List<OpenCall> insert(List<OpenCall> requests, Duration claim) {
        Set<OrderId> seen = new HashSet<>();
        List<Boolean> firstHere = requests.stream().map(request -> seen.add(request.orderId())).toList();
        Set<UUID> claimed = new HashSet<>();
        jdbc.query(INSERT, statement -> {
            Connection connection = statement.getConnection();
            statement.setLong(1, claim.toMillis());
            setArray(statement, 2, "uuid", requests, OpenCall::id);
            setArray(statement, 3, "text", requests, OpenCall::kind);
            setArray(statement, 4, "uuid", requests, request -> request.orderId().value());
            setArray(statement, 5, "uuid", requests, OpenCall::about);
            setArray(statement, 6, "uuid", requests, ofCause(cause -> cause.id().value()));
            setArray(statement, 7, "uuid", requests, ofCause(cause -> value(cause.causationId())));
            setArray(statement, 8, "uuid", requests, ofCause(cause -> value(cause.sagaId())));
            setArray(statement, 9, "text", requests, ofCause(MessageContext::correlationId));
            setArray(statement, 10, "bigint", requests, ofCause(MessageContext::logicalTime));
            setArray(statement, 11, "text", requests, ofCause(MessageContext::traceparent));
            setArray(statement, 12, "text", requests, ofCause(cause -> value(cause.orderNumber())));
            statement.setArray(13, connection.createArrayOf("boolean", firstHere.toArray()));
        }, row -> {
            if (row.getInt(2) == 1) {
                claimed.add(row.getObject(1, UUID.class));
            }
        });
        return requests.stream().filter(request -> claimed.contains(request.id())).toList();
    }

    /**
     * Claims calls that are due, each the first open one of its order and of a kind that is known here.
     *
     * @param underWay calls that this process is making, perhaps for longer than it had claimed them
     */
    List<OpenCall> claim(Collection<String> kinds, Collection<UUID> underWay, int limit, Duration claim) {
        return jdbc.query(CLAIM, statement -> {
            statement.setArray(1, statement.getConnection().createArrayOf("text", kinds.toArray()));
            statement.setArray(2, statement.getConnection().createArrayOf("uuid", underWay.toArray()));
            statement.setInt(3, limit);
            statement.setLong(4, claim.toMillis());
        }, (row, number) -> read(row));
    }

    /**
     * What was closed.
     *
     * @param ids those that were still open; the others somebody else has recorded
     * @param nextWaits whether one of their orders has a further call to make
     */
    record Closed(Set<UUID> ids, boolean nextWaits) {}

    /** Closes calls whose outcome the running transaction records. */
    Closed close(Collection<UUID> ids) {
        Set<UUID> closed = new HashSet<>();
        boolean[] nextWaits = {false};
        jdbc.query(CLOSE,
                statement -> statement.setArray(1, statement.getConnection().createArrayOf("uuid", ids.toArray())),
                row -> {
                    closed.add(row.getObject(1, UUID.class));
                    nextWaits[0] |= row.getBoolean(2);
                });
        return new Closed(closed, nextWaits[0]);
    }

    /** A call that was closed, and whether its order has a further one to make. */
    record ClosedFirst(OpenCall call, boolean nextWaits) {}

    /** Closes the call that an order waits for, if it is this one. */
    Optional<ClosedFirst> closeFirst(OrderId orderId, String kind, UUID id) {
        return jdbc.query(CLOSE_FIRST, statement -> {
            statement.setObject(1, orderId.value());
            statement.setString(2, kind);
            statement.setObject(3, id);
        }, (row, number) -> new ClosedFirst(read(row), row.getBoolean("next_waits"))).stream().findFirst();
    }

    /** Puts off the next attempt; answers false where the call is recorded, or somebody else has claimed it since. */
    boolean postpone(OpenCall call, Duration pause, String error) {
        String shortened = error.length() > LONGEST_ERROR ? error.substring(0, LONGEST_ERROR) : error;
        return jdbc.update(POSTPONE, pause.toMillis(), shortened, call.id(), call.attempt()) == 1;
    }

    long countOpen() {
        Long count = jdbc.queryForObject("select count(*) from outside_call", Long.class);
        return count == null ? 0 : count;
    }

    /** For how long the oldest of them is there; nought where none is. */
    double oldestOpenSeconds() {
        Double age = jdbc.queryForObject(
                "select greatest(0, coalesce(extract(epoch from clock_timestamp() - min(requested_at)), 0)) from outside_call",
                Double.class);
        return age == null ? 0 : age;
    }

    private static OpenCall read(ResultSet row) throws SQLException {
        UUID messageId = row.getObject("message_id", UUID.class);
        UUID causationId = row.getObject("causation_id", UUID.class);
        UUID sagaId = row.getObject("saga_id", UUID.class);
        String orderNumber = row.getString("order_number");
        MessageContext cause = messageId == null
                ? null
                : new MessageContext(
                        new MessageId(messageId),
                        causationId == null ? null : new MessageId(causationId),
                        sagaId == null ? null : new SagaId(sagaId),
                        row.getString("correlation_id"),
                        row.getLong("logical_time"),
                        row.getString("traceparent"),
                        orderNumber == null ? null : new OrderNumber(orderNumber),
                        null);
        return new OpenCall(
                row.getObject("id", UUID.class),
                row.getString("kind"),
                new OrderId(row.getObject("order_id", UUID.class)),
                row.getObject("about", UUID.class),
                cause,
                row.getInt("attempts"));
    }

    private static void setArray(
            PreparedStatement statement, int index, String type, List<OpenCall> calls,
            Function<OpenCall, @Nullable Object> column) throws SQLException {
        Array array = statement.getConnection().createArrayOf(type, calls.stream().map(column).toArray());
        statement.setArray(index, array);
    }

    private static Function<OpenCall, @Nullable Object> ofCause(Function<MessageContext, @Nullable Object> column) {
        return call -> call.cause() == null ? null : column.apply(call.cause());
    }

    private static @Nullable UUID value(@Nullable MessageId id) {
        return id == null ? null : id.value();
    }

    private static @Nullable String value(@Nullable OrderNumber number) {
        return number == null ? null : number.value();
    }

    private static @Nullable UUID value(@Nullable SagaId id) {
        return id == null ? null : id.value();
    }
}
