/** How pieces of an order come back. */
@NullMarked
package dev.waybill.saga.returns;

import org.jspecify.annotations.NullMarked;
