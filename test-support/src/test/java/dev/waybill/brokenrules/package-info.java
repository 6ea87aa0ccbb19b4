/** Classes that each break one rule of the house, to show that the rule can fail. */
@NullMarked
package dev.waybill.brokenrules;

import org.jspecify.annotations.NullMarked;
