/** Constraints for request bodies that more than one service has. */
@NullMarked
package dev.waybill.defaults.validation;

import org.jspecify.annotations.NullMarked;
