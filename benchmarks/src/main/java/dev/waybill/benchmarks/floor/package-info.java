/**
 * The bare program: what the same orders cost where nothing is used but JDBC, a Kafka client and sockets.
 *
 * <p>It does what the platform does for an order that is confirmed. In numbers, for one order with one line, as they can be
 * counted in the databases of a running platform after an order, and after one of the bare program, by the same queries:
 *
 * <table>
 * <caption>Rows an order leaves, and what is written for them</caption>
 * <tr><th>database</th><th>rows</th><th>transactions in which they are written, if each were alone</th></tr>
 * <tr><td>orders</td><td>orders 1 (inserted, updated), order_line 1, idempotent_request 1, outbox 2, inbox 1</td>
 * <td>2: placing; confirming</td></tr>
 * <tr><td>inventory</td><td>reservation 1 (inserted, updated), stock_movement 2, stock_item updated twice, outbox 2, inbox
 * 2</td><td>2: reserving; committing</td></tr>
 * <tr><td>payments</td><td>payment 1 (inserted, updated three times), outside_call 2 (inserted, deleted), outbox 2, inbox
 * 2</td><td>4: authorization asked for, recorded; capture asked for, recorded</td></tr>
 * <tr><td>shipping</td><td>shipment 1 (inserted, updated three times), outside_call 2 (inserted, deleted), outbox 2, inbox
 * 2</td><td>4: booking asked for, recorded; dispatch asked for, recorded</td></tr>
 * <tr><td>saga</td><td>saga 1 (inserted, updated seven times), saga_journal 16, outbox 7, inbox 8</td><td>8: one for each
 * event</td></tr>
 * </table>
 *
 * <p>So 15 messages with the platform's payloads, headers, keys and topics, 20 transactions, and four calls over HTTP to the
 * same simulators. Every placing is a transaction of its own, as over REST; everything else is taken in batches, as large as
 * what has come in, with one statement for all rows of a table. The relay reads the table and stops at gaps that may still
 * fill. The tables are the platform's own: made from its migrations. PostgreSQL and Kafka are the demo's, with its settings.
 *
 * <p>What it does without: HTTP for the customers, objects for rows, answers that are refusals, retries, parking, leases,
 * circuit breakers, traces and metrics. A batch's look for blocked keys (one statement on an empty table) is left out too.
 */
@NullMarked
package dev.waybill.benchmarks.floor;

import org.jspecify.annotations.NullMarked;
