/** The console as people see it and use it: in a real browser, over the running platform. */
@NullMarked
package dev.waybill.system.console;

import org.jspecify.annotations.NullMarked;
