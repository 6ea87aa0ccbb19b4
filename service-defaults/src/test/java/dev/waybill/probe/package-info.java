/** A service that is there to be sent bad requests. */
@NullMarked
package dev.waybill.probe;

import org.jspecify.annotations.NullMarked;
