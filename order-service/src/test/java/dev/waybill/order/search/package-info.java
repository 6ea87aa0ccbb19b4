@NullMarked
package dev.waybill.order.search;

import org.jspecify.annotations.NullMarked;
