@NullMarked
package dev.waybill.order.streams;

import org.jspecify.annotations.NullMarked;
