package dev.waybill.benchmarks.floor;

import dev.waybill.benchmarks.floor.SagaRow.Step;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The process: what is commanded after which event, kept in a row for each order with a journal. */
final class Sagas implements Consumer.Handler {

    private static final String LOCK = """
            select id, order_id, data::text, calls::text, journal_size, step, logical_time from saga
             where order_id = any(?) order by id for update""";
    private static final String START = """
            insert into saga (id, order_id, status, step, data, calls, deadline, journal_size, started_at, updated_at,
                              logical_time, type, definition_version, version)
            select t.*, 'order-fulfillment', 1, 0
              from unnest(?::uuid[], ?::uuid[], ?::text[], ?::text[], ?::jsonb[], ?::jsonb[], ?::timestamptz[], ?::int[],
                          ?::timestamptz[], ?::timestamptz[], ?::bigint[]) as t""";
    private static final String ADVANCE = """
            update saga s set status = t.status, step = t.step, data = t.data, calls = t.calls, deadline = t.deadline,
                   journal_size = t.journal_size, updated_at = t.updated_at, logical_time = t.logical_time,
                   version = version + 1
              from unnest(?::uuid[], ?::text[], ?::text[], ?::jsonb[], ?::jsonb[], ?::timestamptz[], ?::int[],
                          ?::timestamptz[], ?::bigint[])
                   as t (id, status, step, data, calls, deadline, journal_size, updated_at, logical_time)
             where s.id = t.id""";
    private static final String WRITE_JOURNAL = """
            insert into saga_journal (saga_id, seq, at, step, kind, detail, message_id)
            select * from unnest(?::uuid[], ?::int[], ?::timestamptz[], ?::text[], ?::text[], ?::text[], ?::uuid[])""";

    @Override
    public void handle(Connection connection, List<Heard> events) throws SQLException {
        Map<UUID, SagaRow> sagas = lock(connection, events);
        var journal = new Rows("uuid", "integer", "timestamptz", "text", "text", "text", "uuid");
        List<Said> commands = new ArrayList<>();
        for (Heard event : events) {
            if (event.kind().equals("placed")) {
                sagas.put(event.order(), SagaRow.start(event));
            }
            SagaRow saga = sagas.get(event.order());
            if (saga == null) {
                throw new IllegalStateException("No saga works on " + event);
            }
            saga.hear(event, journal);
            for (Step step : Step.after(event.kind())) {
                commands.add(saga.command(step, event, journal));
            }
        }
        write(connection, sagas.values());
        journal.write(connection, WRITE_JOURNAL);
        Said.append(connection, commands);
    }

    private static void write(Connection connection, Iterable<SagaRow> sagas) throws SQLException {
        var started = new Rows("uuid", "uuid", "text", "text", "jsonb", "jsonb", "timestamptz", "integer",
                "timestamptz", "timestamptz", "bigint");
        var advanced = new Rows("uuid", "text", "text", "jsonb", "jsonb", "timestamptz", "integer", "timestamptz",
                "bigint");
        OffsetDateTime now = Said.now().atOffset(ZoneOffset.UTC);
        for (SagaRow saga : sagas) {
            OffsetDateTime deadline = saga.isCompleted() ? null : now.plusHours(2);
            if (saga.isNew()) {
                started.add(saga.id(), saga.order(), saga.status(), saga.step(), saga.data(), saga.calls(), deadline,
                        saga.journalSize(), now, now, saga.logicalTime());
            } else {
                advanced.add(saga.id(), saga.status(), saga.step(), saga.data(), saga.calls(), deadline,
                        saga.journalSize(), now, saga.logicalTime());
            }
        }
        started.write(connection, START);
        advanced.write(connection, ADVANCE);
    }

    private static Map<UUID, SagaRow> lock(Connection connection, List<Heard> events) throws SQLException {
        Map<UUID, SagaRow> sagas = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement(LOCK)) {
            query.setArray(1, connection.createArrayOf("uuid",
                    events.stream().map(Heard::order).distinct().toArray()));
            ResultSet rows = query.executeQuery();
            while (rows.next()) {
                UUID order = rows.getObject(2, UUID.class);
                sagas.put(order, SagaRow.stored(rows.getObject(1, UUID.class), order, rows.getString(3),
                        rows.getString(4), rows.getInt(5), rows.getString(6), rows.getLong(7)));
            }
        }
        return sagas;
    }
}
