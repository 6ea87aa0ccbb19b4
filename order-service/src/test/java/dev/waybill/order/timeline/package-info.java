@NullMarked
package dev.waybill.order.timeline;

import org.jspecify.annotations.NullMarked;
