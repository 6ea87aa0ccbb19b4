@NullMarked
package dev.waybill.saga.running;

import org.jspecify.annotations.NullMarked;
