/** How far consumers are behind, read from the broker: it is seen though a consumer is dead. */
@NullMarked
package dev.waybill.console.lag;

import org.jspecify.annotations.NullMarked;
