/** How an order is cancelled whose fulfillment has succeeded. */
@NullMarked
package dev.waybill.saga.cancellation;

import org.jspecify.annotations.NullMarked;
