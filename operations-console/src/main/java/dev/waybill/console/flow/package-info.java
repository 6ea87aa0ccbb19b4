/** The front page: the way of an order through services and topics, what hurts on it now, and where the reason is seen. */
@NullMarked
package dev.waybill.console.flow;

import org.jspecify.annotations.NullMarked;
