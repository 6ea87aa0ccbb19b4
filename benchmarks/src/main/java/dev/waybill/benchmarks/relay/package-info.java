/**
 * The relay alone: a table full of messages, and the time until all of them stand on their topic. Everyone has the same
 * PostgreSQL and Kafka, a topic of twelve partitions, the same payloads and headers, and {@code acks=all} before anything is
 * marked as sent.
 */
@NullMarked
package dev.waybill.benchmarks.relay;

import org.jspecify.annotations.NullMarked;
