/** What it costs to be seen: the platform with everything that watches it, beside the same without any of it. */
@NullMarked
package dev.waybill.benchmarks.observability;

import org.jspecify.annotations.NullMarked;
