package dev.waybill.benchmarks.relay;

import java.io.IOException;
import java.sql.SQLException;

/** A relay with its table. */
interface Competitor extends AutoCloseable {

    String name();

    String topic();

    /** The process that relays. */
    long process();

    /** Writes messages that are not sent yet. */
    void fill(int rows) throws IOException, SQLException;

    /** Lets it send. */
    void go() throws IOException, SQLException;

    /** Keeps it from sending. */
    void stop() throws IOException, SQLException;

    @Override
    void close();
}
