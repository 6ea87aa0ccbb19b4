/** The invariants, each a pure function of the evidence. */
@NullMarked
package dev.waybill.system.auditor.rules;

import org.jspecify.annotations.NullMarked;
