/** Sagas: which are on their way or stuck, one with its journal, and what a person can do about it. */
@NullMarked
package dev.waybill.console.sagas;

import org.jspecify.annotations.NullMarked;
