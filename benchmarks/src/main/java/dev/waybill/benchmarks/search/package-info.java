/** How long looking for orders takes as they become more. */
@NullMarked
package dev.waybill.benchmarks.search;

import org.jspecify.annotations.NullMarked;
