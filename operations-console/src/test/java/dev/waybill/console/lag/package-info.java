@NullMarked
package dev.waybill.console.lag;

import org.jspecify.annotations.NullMarked;
