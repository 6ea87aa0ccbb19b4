/** Consuming: a poll's records in one transaction, duplicates taken out, what cannot be handled parked. */
@NullMarked
package dev.waybill.messaging.inbox;

import org.jspecify.annotations.NullMarked;
