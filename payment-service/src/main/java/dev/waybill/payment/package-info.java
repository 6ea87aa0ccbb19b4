/** Payments, made through the gateway. */
@NullMarked
package dev.waybill.payment;

import org.jspecify.annotations.NullMarked;
