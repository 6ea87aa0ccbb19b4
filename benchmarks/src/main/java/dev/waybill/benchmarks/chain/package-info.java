/**
 * What one would write without any of this: four small services that call each other over HTTP while the customer waits.
 * Orders takes the order and asks inventory, then payment, then shipping; each has a table and a transaction of its own, and
 * gateway and carrier are asked the same four things of the same simulators. The customer is answered when all is done.
 *
 * <p>It is as favourable as can be: all four in one process, no framework, three calls rather than six between them,
 * connections kept open, no outbox, no idempotency keys, no ledger. Nothing of it survives a crash or undoes a refusal.
 */
@NullMarked
package dev.waybill.benchmarks.chain;

import org.jspecify.annotations.NullMarked;
