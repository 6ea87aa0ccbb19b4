/** What operators did through the console: who, when, why, and what came of it. */
@NullMarked
package dev.waybill.console.journal;

import org.jspecify.annotations.NullMarked;
