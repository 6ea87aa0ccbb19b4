@NullMarked
package dev.waybill.order.projections;

import org.jspecify.annotations.NullMarked;
