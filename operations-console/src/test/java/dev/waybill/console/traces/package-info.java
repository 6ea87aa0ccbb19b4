@NullMarked
package dev.waybill.console.traces;

import org.jspecify.annotations.NullMarked;
