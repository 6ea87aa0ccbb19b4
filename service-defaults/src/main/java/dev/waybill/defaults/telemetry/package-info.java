/** What requests leave in logs and traces. */
@NullMarked
package dev.waybill.defaults.telemetry;

import org.jspecify.annotations.NullMarked;
