/**
 * Misbehaviour to switch on, one fault per simulator at a time. A restart forgets it.
 *
 * <pre>
 * GET    /faults                         200 {items: [{target, mode, rate, delayMs, struck}]}
 * GET    /faults/{gateway|carrier|smtp}  200 {target, mode, rate, delayMs, struck}, 404 NO_FAULT
 * PUT    /faults/{gateway|carrier|smtp}  {mode, rate?, delayMs?}: 200 the fault, 400 for bad values,
 *                                        409 FAULT_DOES_NOT_APPLY where the mode makes no sense
 * DELETE /faults/{gateway|carrier|smtp}  204
 * </pre>
 *
 * {@code rate} is between 0 and 1, 1 if it is left out. {@code struck} counts how often the fault struck since it was put.
 *
 * <ul>
 * <li>{@code ERROR}: 500, nothing done. {@code SLOW}: waits {@code delayMs} (3 s), then goes on. {@code
 * TIMEOUT_BEFORE_EFFECT}: hangs {@code delayMs} (15 s), then 504, nothing done. These strike repetitions as well.
 * <li>{@code TIMEOUT_AFTER_EFFECT}: decides, hangs, then 504. It does not strike the repetition of a decided request, which
 * is answered at once with what was decided.
 * <li>{@code DECLINE}: the gateway declines authorizations (402 {@code CARD_DECLINED}), the carrier refuses bookings (422
 * {@code ADDRESS_NOT_SERVED}). {@code REFUSE_CANCEL}: the carrier refuses cancellations (409 {@code ALREADY_HANDED_OVER}).
 * Such a refusal is a definite answer, which its key gets for ever.
 * <li>{@code DOUBLE_WEBHOOK}: sends each webhook twice. {@code NO_WEBHOOK}: sends none.
 * </ul>
 *
 * <p>Over SMTP the same reads: {@code ERROR}: 451 at the sender. {@code DECLINE}: 550 at the recipient. {@code
 * TIMEOUT_BEFORE_EFFECT} and {@code TIMEOUT_AFTER_EFFECT}: hangs, then drops the connection without an answer; after the
 * effect the mail is in the mailbox. SMTP knows no repetition, so all of them strike a mail that is sent again.
 *
 * <p>Reading the books, scans and labels are never struck.
 */
@NullMarked
package dev.waybill.simulators.faults;

import org.jspecify.annotations.NullMarked;
