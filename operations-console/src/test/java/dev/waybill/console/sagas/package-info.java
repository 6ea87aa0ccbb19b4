@NullMarked
package dev.waybill.console.sagas;

import org.jspecify.annotations.NullMarked;
