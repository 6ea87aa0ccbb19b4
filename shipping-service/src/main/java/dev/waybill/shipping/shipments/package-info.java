/**
 * The order's parcel: booked with the carrier, then allowed to leave or cancelled. A command is decided by the
 * {@code Shipment}; what only the carrier can answer is asked of it after the commit, and its answer becomes the event.
 * What the carrier tells by itself are facts, taken whenever they come.
 */
@NullMarked
package dev.waybill.shipping.shipments;

import org.jspecify.annotations.NullMarked;
