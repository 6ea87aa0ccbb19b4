/** Processes that die, and a platform that is stopped and started again, while orders are on their way. */
@NullMarked
package dev.waybill.system.fault;

import org.jspecify.annotations.NullMarked;
