/** What is kept of outbox and inbox, and for how long: their partitions, made ahead of need and dropped when past their time. */
@NullMarked
package dev.waybill.messaging.retention;

import org.jspecify.annotations.NullMarked;
