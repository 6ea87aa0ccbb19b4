package dev.waybill.benchmarks.floor;

import dev.waybill.benchmarks.load.HttpConnection;
import dev.waybill.benchmarks.platform.Databases;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Calls to gateway or carrier: noted in the transaction that asks for them, made after it, so many at a time as the platform
 * makes, each connection kept open; the outcomes that have come in are recorded together, in the transaction that deletes
 * the notes.
 */
final class Outside implements AutoCloseable {

    private static final int CONCURRENT = 32;
    private static final int LARGEST_BATCH = 500;
    private static final String NOTE = """
            insert into outside_call (id, kind, order_id, message_id, causation_id, saga_id, correlation_id, logical_time,
                                      traceparent, attempts, next_attempt_at)
            select t.*, 1, clock_timestamp() + interval '15 seconds'
              from unnest(?::uuid[], ?::text[], ?::uuid[], ?::uuid[], ?::uuid[], ?::uuid[], ?::text[], ?::bigint[],
                          ?::text[]) as t""";

    /** A call that is to be made; its id is the idempotency key. */
    record Call(UUID id, String kind, Heard cause, String path, String body) {}

    /** What was answered. */
    record Outcome(Call call, String answer) {

        String text(String field) {
            return Text.between(answer, "\"" + field + "\":\"", "\"");
        }
    }

    /** Records outcomes, in a transaction that is open. */
    interface Recorder {
        void record(Connection connection, List<Outcome> outcomes) throws SQLException;
    }

    private final int port;
    private final Connection connection;
    private final Recorder recorder;
    private final Runnable afterCommit;
    private final ExecutorService calls = Executors.newFixedThreadPool(CONCURRENT);
    private final BlockingQueue<HttpConnection> connections = new LinkedBlockingQueue<>();
    private final BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
    private final Thread recording;
    private volatile boolean running = true;

    Outside(Databases databases, String database, int port, Recorder recorder, Runnable afterCommit)
            throws SQLException {
        this.port = port;
        this.recorder = recorder;
        this.afterCommit = afterCommit;
        this.connection = databases.connect(database);
        connection.setAutoCommit(false);
        this.recording = Thread.ofPlatform().name("outcomes-" + database).start(this::recordAll);
    }

    static void note(Connection connection, List<Call> calls) throws SQLException {
        var rows = new Rows("uuid", "text", "uuid", "uuid", "uuid", "uuid", "text", "bigint", "text");
        for (Call call : calls) {
            Heard cause = call.cause();
            rows.add(call.id(), call.kind(), cause.order(), cause.id(), cause.causationId(), cause.sagaId(),
                    cause.key(),
                    cause.logicalTime(), cause.traceparent());
        }
        rows.write(connection, NOTE);
    }

    void make(List<Call> noted) {
        noted.forEach(call -> calls.execute(() -> make(call)));
    }

    private void make(Call call) {
        try {
            HttpConnection http = connections.poll();
            if (http == null) {
                http = new HttpConnection(port);
            }
            var answer = http.post(call.path(), "Idempotency-Key: " + call.id() + "\r\n", call.body());
            connections.add(http);
            if (answer.status() / 100 != 2) {
                throw new IllegalStateException("%s was answered with %s".formatted(call, answer));
            }
            outcomes.add(new Outcome(call, answer.body()));
        } catch (IOException e) {
            throw new IllegalStateException(call + " failed", e);
        }
    }

    private void recordAll() {
        try {
            while (running) {
                Outcome first = outcomes.poll(100, TimeUnit.MILLISECONDS);
                if (first != null) {
                    List<Outcome> batch = new ArrayList<>(List.of(first));
                    outcomes.drainTo(batch, LARGEST_BATCH - 1);
                    close(batch);
                    recorder.record(connection, batch);
                    connection.commit();
                    afterCommit.run();
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("Outcomes could not be recorded", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void close(List<Outcome> batch) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("delete from outside_call where id = any(?)")) {
            statement.setArray(1, connection.createArrayOf("uuid",
                    batch.stream().map(outcome -> outcome.call().id()).toArray()));
            statement.executeUpdate();
        }
    }

    @Override
    public void close() {
        running = false;
        calls.shutdownNow();
        try {
            recording.join();
            connection.close();
            connections.forEach(HttpConnection::close);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
