/** The business process: how an order is fulfilled, and what is undone where it cannot be. */
@NullMarked
package dev.waybill.saga.fulfillment;

import org.jspecify.annotations.NullMarked;
