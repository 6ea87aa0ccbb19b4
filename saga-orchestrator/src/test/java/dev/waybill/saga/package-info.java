@NullMarked
package dev.waybill.saga;

import org.jspecify.annotations.NullMarked;
