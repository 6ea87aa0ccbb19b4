@NullMarked
package dev.waybill.console.parked;

import org.jspecify.annotations.NullMarked;
