package dev.waybill.benchmarks.floor;

import dev.waybill.benchmarks.platform.Databases;

import java.sql.SQLException;
import java.util.List;

/** The bare consumer with nothing to do: what a topic brings is taken into an inbox, and that is all. */
public final class Taking implements AutoCloseable {

    private final Consumer consumer;

    public Taking(Databases databases, String database, int kafkaPort, String topic) throws SQLException {
        this.consumer = new Consumer("taking", databases, database, kafkaPort, List.of(topic),
                (connection, messages) -> {}, () -> {});
    }

    @Override
    public void close() {
        consumer.close();
    }
}
