@NullMarked
package dev.waybill.order;

import org.jspecify.annotations.NullMarked;
