@NullMarked
package dev.waybill.defaults.telemetry;

import org.jspecify.annotations.NullMarked;
