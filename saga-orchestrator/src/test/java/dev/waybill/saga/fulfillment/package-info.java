@NullMarked
package dev.waybill.saga.fulfillment;

import org.jspecify.annotations.NullMarked;
