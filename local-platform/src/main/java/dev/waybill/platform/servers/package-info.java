/** The parts of the platform: PostgreSQL, Kafka, and the applications of this repository. */
@NullMarked
package dev.waybill.platform.servers;

import org.jspecify.annotations.NullMarked;
