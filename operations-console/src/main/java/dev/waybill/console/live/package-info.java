/** Tells pages that are looked at when what they show has changed. */
@NullMarked
package dev.waybill.console.live;

import org.jspecify.annotations.NullMarked;
