@NullMarked
package dev.waybill.defaults.logging;

import org.jspecify.annotations.NullMarked;
