/** Processes: how they are started, watched, started again and stopped, whatever they are. */
@NullMarked
package dev.waybill.platform.process;

import org.jspecify.annotations.NullMarked;
