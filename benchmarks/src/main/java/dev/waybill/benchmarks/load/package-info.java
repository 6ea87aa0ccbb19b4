/** Customers: who places orders, when, and how long they wait. */
@NullMarked
package dev.waybill.benchmarks.load;

import org.jspecify.annotations.NullMarked;
