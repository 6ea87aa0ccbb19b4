/**
 * The same act for many things at once: frozen when it is asked for, shown, confirmed by its count, and then worked off at a steady
 * rate that can be stopped. What an act is, other packages say by {@link dev.waybill.console.bulk.BulkAct}.
 */
@NullMarked
package dev.waybill.console.bulk;

import org.jspecify.annotations.NullMarked;
