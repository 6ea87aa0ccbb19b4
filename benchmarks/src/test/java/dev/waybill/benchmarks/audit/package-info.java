@NullMarked
package dev.waybill.benchmarks.audit;

import org.jspecify.annotations.NullMarked;
