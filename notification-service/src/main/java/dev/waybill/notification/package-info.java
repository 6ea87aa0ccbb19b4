/** Tells customers what happens to their orders, by choreography: it listens, and nobody waits for it. */
@NullMarked
package dev.waybill.notification;

import org.jspecify.annotations.NullMarked;
