@NullMarked
package dev.waybill.saga.cancellation;

import org.jspecify.annotations.NullMarked;
