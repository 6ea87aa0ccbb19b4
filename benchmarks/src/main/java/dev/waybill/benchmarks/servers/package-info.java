/** PostgreSQL, Kafka and the simulators of a contender's own, as the demo has them. */
@NullMarked
package dev.waybill.benchmarks.servers;

import org.jspecify.annotations.NullMarked;
