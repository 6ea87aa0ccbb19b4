@NullMarked
package dev.waybill.saga.engine;

import org.jspecify.annotations.NullMarked;
