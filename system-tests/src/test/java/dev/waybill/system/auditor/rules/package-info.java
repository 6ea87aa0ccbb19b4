/** Each rule, shown red by evidence that was made wrong by hand. */
@NullMarked
package dev.waybill.system.auditor.rules;

import org.jspecify.annotations.NullMarked;
