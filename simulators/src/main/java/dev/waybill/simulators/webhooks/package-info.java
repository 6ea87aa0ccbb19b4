/**
 * How the simulators tell others what has happened. Each effect is sent as a POST with a JSON body {@code {id, kind,
 * reference or trackingNumber, orderId, status, at, amount?}} and two headers: {@code Waybill-Timestamp}, epoch seconds, and
 * {@code Waybill-Signature: v1=<hex>}, the HMAC-SHA256 of {@code <timestamp>.<body>} under the shared secret. A webhook that
 * is not answered with 2xx is sent again a few times, then given up; those of one order come in order. How far a book
 * has been told is kept beside it; after a crash the latest are told again, with the same ids.
 */
@NullMarked
package dev.waybill.simulators.webhooks;

import org.jspecify.annotations.NullMarked;
