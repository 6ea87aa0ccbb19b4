/**
 * What the customer pays: held by the gateway, then captured or let go. A command is decided by the {@code Payment}; what
 * only the gateway can answer is asked of it after the commit, and its answer becomes the event.
 */
@NullMarked
package dev.waybill.payment.payments;

import org.jspecify.annotations.NullMarked;
