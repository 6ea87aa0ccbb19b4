/** The platform as shipped, by ./demo, and what it cost. */
@NullMarked
package dev.waybill.benchmarks.platform;

import org.jspecify.annotations.NullMarked;
