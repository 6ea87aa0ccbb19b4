/** Messages that could not be handled, of all services: what is wrong with each, and what can be done about it, one by one or together. */
@NullMarked
package dev.waybill.console.parked;

import org.jspecify.annotations.NullMarked;
