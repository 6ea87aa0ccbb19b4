package dev.waybill.benchmarks.platform;

import dev.waybill.benchmarks.load.Shop;

import java.util.Map;

/** Whoever fulfills orders and is measured: its shop, and where it leaves what is to be read afterwards. */
public interface Contender extends AutoCloseable {

    String name();

    Shop shop();

    int kafkaPort();

    Databases databases();

    /** What its processes have used so far, in milliseconds, by their names; the customers not among them. */
    Map<String, Double> cpuMillis();

    /** Begins what goes on only while it has its turn. */
    default Turn turn() {
        return () -> {};
    }

    /** Until it is closed. */
    interface Turn extends AutoCloseable {
        @Override
        void close();
    }

    @Override
    void close();
}
