@NullMarked
package dev.waybill.order.catalogue;

import org.jspecify.annotations.NullMarked;
