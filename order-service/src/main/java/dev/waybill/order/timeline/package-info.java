/** What has happened to an order, told by whichever service it happened in. */
@NullMarked
package dev.waybill.order.timeline;

import org.jspecify.annotations.NullMarked;
