/**
 * Calls to systems that are not ours, never made inside a database transaction: the intent is committed first, the call is
 * made with an idempotency key, its outcome is recorded. What a crash leaves in between is found and finished.
 */
@NullMarked
package dev.waybill.messaging.outside;

import org.jspecify.annotations.NullMarked;
