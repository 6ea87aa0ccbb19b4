package dev.waybill.benchmarks.load;

import java.io.IOException;

/** Where orders are placed: the platform over HTTP, or a bare program. */
public interface Shop {

    /** A place at the counter, for one customer at a time. */
    Counter open() throws IOException;

    /** One customer's connection. */
    interface Counter extends AutoCloseable {

        /**
         * Places an order and waits until it is accepted.
         *
         * @throws IOException where it is not
         */
        void place() throws IOException;

        @Override
        void close();
    }
}
