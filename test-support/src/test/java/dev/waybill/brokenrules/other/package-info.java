/** Another feature, whose repositories are its own. */
@NullMarked
package dev.waybill.brokenrules.other;

import org.jspecify.annotations.NullMarked;
