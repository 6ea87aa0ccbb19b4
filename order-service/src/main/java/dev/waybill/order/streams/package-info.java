/** An order's status, told to whoever watches as it changes. */
@NullMarked
package dev.waybill.order.streams;

import org.jspecify.annotations.NullMarked;
