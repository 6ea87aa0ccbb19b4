/** Orders and the catalogue: the customer's side of fulfillment. */
@NullMarked
package dev.waybill.order;

import org.jspecify.annotations.NullMarked;
