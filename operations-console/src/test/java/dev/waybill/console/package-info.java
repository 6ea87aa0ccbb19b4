@NullMarked
package dev.waybill.console;

import org.jspecify.annotations.NullMarked;
