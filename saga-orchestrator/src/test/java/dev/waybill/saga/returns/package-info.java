@NullMarked
package dev.waybill.saga.returns;

import org.jspecify.annotations.NullMarked;
