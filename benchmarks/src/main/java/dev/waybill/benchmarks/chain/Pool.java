package dev.waybill.benchmarks.chain;

import java.util.concurrent.ConcurrentLinkedQueue;

/** Connections that are used again; made as needed. One that failed is not given back. */
final class Pool<C> {

    private final ConcurrentLinkedQueue<C> idle = new ConcurrentLinkedQueue<>();
    private final Maker<C> maker;

    /** Opens a connection. */
    interface Maker<C> {
        C make() throws Exception;
    }

    Pool(Maker<C> maker) {
        this.maker = maker;
    }

    C take() {
        C known = idle.poll();
        if (known != null) {
            return known;
        }
        try {
            return maker.make();
        } catch (Exception e) {
            throw new IllegalStateException("No connection", e);
        }
    }

    void giveBack(C connection) {
        idle.add(connection);
    }
}
