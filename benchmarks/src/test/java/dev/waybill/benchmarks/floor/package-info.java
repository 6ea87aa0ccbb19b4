@NullMarked
package dev.waybill.benchmarks.floor;

import org.jspecify.annotations.NullMarked;
