@NullMarked
package dev.waybill.defaults.paging;

import org.jspecify.annotations.NullMarked;
