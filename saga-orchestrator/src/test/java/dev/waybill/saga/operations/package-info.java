@NullMarked
package dev.waybill.saga.operations;

import org.jspecify.annotations.NullMarked;
