/** A customer at the terminal: places orders over HTTP and looks what becomes of them. */
@NullMarked
package dev.waybill.platform.client;

import org.jspecify.annotations.NullMarked;
