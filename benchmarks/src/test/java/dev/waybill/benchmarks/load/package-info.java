@NullMarked
package dev.waybill.benchmarks.load;

import org.jspecify.annotations.NullMarked;
