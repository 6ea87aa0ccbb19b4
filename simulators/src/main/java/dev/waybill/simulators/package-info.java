/** The outside world: a payment gateway and a carrier over HTTP, with their own books and faults to switch on. */
@NullMarked
package dev.waybill.simulators;

import org.jspecify.annotations.NullMarked;
