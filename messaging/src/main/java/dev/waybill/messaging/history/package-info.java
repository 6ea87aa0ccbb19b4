/**
 * Looking back: at what the service's own aggregates have said, and at all that stands on the event topics. Reading only; nobody
 * is told anything again.
 */
@NullMarked
package dev.waybill.messaging.history;

import org.jspecify.annotations.NullMarked;
