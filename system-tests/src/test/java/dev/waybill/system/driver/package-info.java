/** Drives the running platform from outside: processes by {@code ./demo}, everything else over HTTP. */
@NullMarked
package dev.waybill.system.driver;

import org.jspecify.annotations.NullMarked;
