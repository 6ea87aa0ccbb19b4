package dev.waybill.benchmarks.peers;

/** A relay that can be started when its table is full. */
interface Peer {

    /** Writes so many messages, as its own users would find them there after an outage; none is sent yet. */
    void fill(int rows) throws Exception;

    /** Begins to send; returns at once. */
    void go() throws Exception;

    /** Sends no more. */
    void stop() throws Exception;
}
