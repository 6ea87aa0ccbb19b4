/** Stock and what is held of it for orders. */
@NullMarked
package dev.waybill.inventory;

import org.jspecify.annotations.NullMarked;
