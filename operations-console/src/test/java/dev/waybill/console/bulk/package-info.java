@NullMarked
package dev.waybill.console.bulk;

import org.jspecify.annotations.NullMarked;
