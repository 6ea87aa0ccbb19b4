/**
 * {@code Idempotency-Key}: a request that was sent twice is carried out once, and answered alike both times. A
 * service that has such requests sets {@code waybill.idempotency.enabled}; its controllers take an {@link
 * dev.waybill.defaults.idempotency.IdempotencyKey} and hand it to {@link
 * dev.waybill.defaults.idempotency.IdempotentRequests}.
 */
@NullMarked
package dev.waybill.defaults.idempotency;

import org.jspecify.annotations.NullMarked;
