/**
 * The carrier, Swift Parcel. Every POST but a scan needs an {@code Idempotency-Key}, which works as the gateway's does.
 *
 * <pre>
 * POST /carrier/shipments {orderId, address: {name, line1, line2?, city, postalCode, country}, items: [{sku, quantity}]}
 *      201 {trackingNumber, carrier, status: BOOKED}, 422 ADDRESS_NOT_SERVED (country XX)
 * POST /carrier/shipments/{trackingNumber}/dispatch {}
 *      201 {trackingNumber, labelUrl, status: DISPATCHED}, also when it was dispatched before; 409 CANCELLED; 404
 * POST /carrier/shipments/{trackingNumber}/cancellation {}
 *      201 {trackingNumber, status: CANCELLED}, also when it was cancelled before; 409 ALREADY_HANDED_OVER; 404
 * POST /carrier/shipments/{trackingNumber}/scans {status: HANDED_OVER | IN_TRANSIT | DELIVERED}
 *      202 {trackingNumber, status}; 409 NOT_DISPATCHED or CANCELLED, for a driver cannot have such a parcel; 404
 * GET  /carrier/shipments?orderId=
 *      200 {items: [{trackingNumber, orderId, status, country, bookedAt, history: [{status, at}]}]}, in order of booking
 * GET  /carrier/labels/{trackingNumber}
 *      200 text/plain, 404 before it is dispatched
 * </pre>
 *
 * A booked parcel stays where it is until it is dispatched. Scans are recorded as they come, twice or in a strange order
 * too; the status is the furthest of them.
 */
@NullMarked
package dev.waybill.simulators.carrier;

import org.jspecify.annotations.NullMarked;
