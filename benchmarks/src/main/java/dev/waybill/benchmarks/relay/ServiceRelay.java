package dev.waybill.benchmarks.relay;

import dev.waybill.benchmarks.platform.Databases;

import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

/**
 * Our relay as shipped, in a running service. It is kept from sending as a second replica would keep it from that: the lease
 * is somebody else's.
 */
final class ServiceRelay implements Competitor {

    private static final String HOLD = """
            update outbox_relay set leader = 'held', fencing_token = fencing_token + 1, lease_until = 'infinity'""";
    private static final String RELEASE = "update outbox_relay set leader = null, lease_until = '-infinity'";
    /** A leader with nothing to do renews its lease every second, and finds out then. */
    private static final long NOTICED_MILLIS = 1_500;

    private final Databases databases;
    private final String database;
    private final long process;

    ServiceRelay(Databases databases, String database, long process) throws SQLException {
        this.databases = databases;
        this.database = database;
        this.process = process;
        stop();
    }

    @Override
    public String name() {
        return "waybill";
    }

    @Override
    public String topic() {
        return "relay.waybill";
    }

    @Override
    public long process() {
        return process;
    }

    @Override
    public void fill(int rows) throws SQLException {
        Backlog.fill(databases, database, topic(), rows);
    }

    @Override
    public void go() throws SQLException {
        Backlog.execute(databases, database, RELEASE);
    }

    @Override
    public void stop() throws SQLException {
        Backlog.execute(databases, database, HOLD);
        try {
            TimeUnit.MILLISECONDS.sleep(NOTICED_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        // Its process is the servers'.
    }
}
