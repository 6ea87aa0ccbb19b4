/**
 * How long the auditor takes for very many orders. Some hundred are placed and come to their end; then all that they have left,
 * in the databases, on the topics and in the books of gateway and carrier, is multiplied under other ids. That the auditor
 * finds nothing wrong with the copies shows that they are as good as placed ones.
 */
@NullMarked
package dev.waybill.benchmarks.audit;

import org.jspecify.annotations.NullMarked;
