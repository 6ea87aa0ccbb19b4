/**
 * The payment gateway. Every POST needs an {@code Idempotency-Key}: repeated, it answers the first definite answer (201,
 * 402, 409) again and has no second effect, on any of these routes by itself; with another body it is 422
 * {@code IDEMPOTENCY_KEY_REUSED}. An answer is only given once the books are on disk.
 *
 * <pre>
 * POST /gateway/authorizations {orderId, amount: {amountMinor, currency}, paymentMethod}
 *      201 {reference, status: AUTHORIZED}, 402 CARD_DECLINED or INSUFFICIENT_FUNDS
 * POST /gateway/authorizations/{reference}/captures {amount}
 *      201 {reference, status: CAPTURED}
 *      409 NOT_AUTHORIZED (no such authorization, or not for as much or in that currency),
 *          AUTHORIZATION_EXPIRED, ALREADY_CAPTURED (under another key, for this amount), CAPTURED_OTHERWISE (for another),
 *          VOIDED
 * POST /gateway/authorizations/{reference}/voids {}
 *      201 {reference, status: VOIDED}, also when it was voided before; 409 ALREADY_CAPTURED; 404
 * POST /gateway/authorizations/{reference}/refunds {amount}
 *      201 {reference, status: REFUNDED}; 409 REFUND_EXCEEDS_CAPTURE; 404
 * GET  /gateway/charges?orderId=
 *      200 {items: [{reference, orderId, idempotencyKey, kind, amount, at}]}, one per effect, in their order
 * </pre>
 *
 * A webhook tells of each effect: {id, kind, reference, orderId, status, at, amount, idempotencyKey}. The key is that of the
 * request: who has a gateway's account may have other programs and people that use it, and knows its own effects by their keys.
 * {@code reference} is always the authorization's. An authorization is captured once, wholly or in part.
 * Payment methods: {@code pm_card_visa} succeeds; {@code pm_card_declined} and {@code pm_card_insufficient_funds} are
 * declined; {@code pm_card_slow} is thought about, then charged and answered; {@code pm_card_unknown_outcome} is charged, and
 * nobody hears of it for some seconds, by webhook not at all: only a repetition is told then; any other is declined.
 */
@NullMarked
package dev.waybill.simulators.gateway;

import org.jspecify.annotations.NullMarked;
