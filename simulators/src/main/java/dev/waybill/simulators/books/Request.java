package dev.waybill.simulators.books;

/**
 * A request that has one effect however often it arrives.
 *
 * @param route what was called; the same key on another route is another request
 * @param key the caller's {@code Idempotency-Key}
 * @param fingerprint tells two bodies under the same key apart
 */
public record Request(String route, String key, String fingerprint) {}
