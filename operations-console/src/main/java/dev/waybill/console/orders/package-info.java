/** Orders: found, and one of them with everything that every service knows of it. */
@NullMarked
package dev.waybill.console.orders;

import org.jspecify.annotations.NullMarked;
