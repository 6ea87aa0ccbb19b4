/** What orders are found by: a projection of what they say. */
@NullMarked
package dev.waybill.order.search;

import org.jspecify.annotations.NullMarked;
