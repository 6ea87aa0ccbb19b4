/** How much there is of each SKU, and what of it is held for which order. */
@NullMarked
package dev.waybill.inventory.stock;

import org.jspecify.annotations.NullMarked;
