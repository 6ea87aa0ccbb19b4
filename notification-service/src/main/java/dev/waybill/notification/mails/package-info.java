/**
 * One mail for each event that a customer is told of. The event is noted as a {@code Notification} in the transaction of the
 * inbox; the mail goes out after it, as a call to the outside world, under a Message-ID that is made of the event's id.
 */
@NullMarked
package dev.waybill.notification.mails;

import org.jspecify.annotations.NullMarked;
