/** Traces of orders, received as any trace store receives them and kept in memory for a while: how an order went, span by span. */
@NullMarked
package dev.waybill.console.traces;

import org.jspecify.annotations.NullMarked;
