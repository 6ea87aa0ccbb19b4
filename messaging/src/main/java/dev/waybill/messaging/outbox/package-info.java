/** Appending to the outbox, and the relay that publishes it in the order of the changes. */
@NullMarked
package dev.waybill.messaging.outbox;

import org.jspecify.annotations.NullMarked;
