@NullMarked
package dev.waybill.console.who;

import org.jspecify.annotations.NullMarked;
