/** What may stand in a log, and how. */
@NullMarked
package dev.waybill.defaults.logging;

import org.jspecify.annotations.NullMarked;
