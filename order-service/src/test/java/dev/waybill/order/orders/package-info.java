@NullMarked
package dev.waybill.order.orders;

import org.jspecify.annotations.NullMarked;
