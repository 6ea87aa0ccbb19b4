/**
 * What every simulator's books have in common: one effect and one answer per idempotency key, kept on disk before anybody
 * is answered, and there again after a crash.
 */
@NullMarked
package dev.waybill.simulators.books;

import org.jspecify.annotations.NullMarked;
