/**
 * The outside world: a payment gateway and a carrier over HTTP and a mailbox over SMTP, with their own books and faults to switch on. They know
 * nothing of the services that call them. What each of them answers stands at the head of its package; every error is
 * {@code application/problem+json} with a {@code code}.
 */
@NullMarked
package dev.waybill.simulators;

import org.jspecify.annotations.NullMarked;
