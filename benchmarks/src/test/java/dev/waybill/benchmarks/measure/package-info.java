@NullMarked
package dev.waybill.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
