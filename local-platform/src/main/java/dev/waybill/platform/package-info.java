/** The command line of the embedded default. */
@NullMarked
package dev.waybill.platform;

import org.jspecify.annotations.NullMarked;
