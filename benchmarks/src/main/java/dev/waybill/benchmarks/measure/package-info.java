/** Numbers, and how they are put before a reader. */
@NullMarked
package dev.waybill.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
