/** What is for sale, and for how much. */
@NullMarked
package dev.waybill.order.catalogue;

import org.jspecify.annotations.NullMarked;
