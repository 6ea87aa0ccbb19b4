@NullMarked
package dev.waybill.defaults.idempotency;

import org.jspecify.annotations.NullMarked;
