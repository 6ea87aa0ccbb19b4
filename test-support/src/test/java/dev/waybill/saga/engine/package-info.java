/** An engine that breaks the rule of engines. */
@NullMarked
package dev.waybill.saga.engine;

import org.jspecify.annotations.NullMarked;
