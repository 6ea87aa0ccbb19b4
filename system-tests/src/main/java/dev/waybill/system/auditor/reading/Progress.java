package dev.waybill.system.auditor.reading;

import java.util.concurrent.atomic.LongAdder;

/** How much has been read, for whoever waits for it. */
public final class Progress {

    private final LongAdder rows = new LongAdder();
    private final LongAdder records = new LongAdder();

    void row() {
        rows.increment();
    }

    void record() {
        records.increment();
    }

    /** Outbox rows. */
    public long rows() {
        return rows.sum();
    }

    /** Records of topics. */
    public long records() {
        return records.sum();
    }
}
