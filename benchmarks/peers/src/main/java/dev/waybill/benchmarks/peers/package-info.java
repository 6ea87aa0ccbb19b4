/**
 * Other relays, each from a table of its own to a topic of its own, with the same payloads and headers and the same
 * acknowledgements: {@code acks=all} before anything is marked as sent.
 */
@NullMarked
package dev.waybill.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
