/** Bugs that are planted into running services, to show that the auditor finds them. */
@NullMarked
package dev.waybill.system.seed;

import org.jspecify.annotations.NullMarked;
