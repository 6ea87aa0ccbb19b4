/** Drives orders through their fulfillment, and back where that fails. */
@NullMarked
package dev.waybill.saga;

import org.jspecify.annotations.NullMarked;
