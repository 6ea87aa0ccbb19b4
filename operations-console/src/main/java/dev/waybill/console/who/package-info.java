/** Who sits before the console: as long as nobody has to log in, who they say they are. */
@NullMarked
package dev.waybill.console.who;

import org.jspecify.annotations.NullMarked;
