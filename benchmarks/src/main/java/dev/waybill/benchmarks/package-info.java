/** What the platform achieves on this machine, always beside something else that was measured in the same run. */
@NullMarked
package dev.waybill.benchmarks;

import org.jspecify.annotations.NullMarked;
