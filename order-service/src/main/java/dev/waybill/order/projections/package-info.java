/** Projections of what the services say: fed as it is heard, rebuilt beside that from what the topics keep. */
@NullMarked
package dev.waybill.order.projections;

import org.jspecify.annotations.NullMarked;
