package dev.waybill.benchmarks.relay;

import dev.waybill.benchmarks.floor.Relay;
import dev.waybill.benchmarks.platform.Databases;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

/** The bare program's relay, in this process. */
final class BareRelay implements Competitor {

    private static final String DATABASE = "bare";

    private final Databases databases;
    private final int kafkaPort;
    private @Nullable Relay relay;

    BareRelay(Path repository, Databases databases, int kafkaPort) throws IOException, SQLException {
        this.databases = databases;
        this.kafkaPort = kafkaPort;
        Backlog.make(repository, databases, DATABASE);
    }

    @Override
    public String name() {
        return "bare relay";
    }

    @Override
    public String topic() {
        return "relay.bare";
    }

    @Override
    public long process() {
        return ProcessHandle.current().pid();
    }

    @Override
    public void fill(int rows) throws SQLException {
        Backlog.fill(databases, DATABASE, topic(), rows);
    }

    @Override
    public void go() throws SQLException {
        relay = new Relay(databases, DATABASE, kafkaPort);
    }

    @Override
    public void stop() {
        if (relay != null) {
            relay.close();
            relay = null;
        }
    }

    @Override
    public void close() {
        stop();
    }
}
