/** What every service has in common at its edges. Each feature has a package and an auto-configuration of its own. */
@NullMarked
package dev.waybill.defaults;

import org.jspecify.annotations.NullMarked;
