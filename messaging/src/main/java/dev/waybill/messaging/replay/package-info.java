/** Publishing a service's event store again, in its order and with the same ids, to a topic made for a newcomer. */
@NullMarked
package dev.waybill.messaging.replay;

import org.jspecify.annotations.NullMarked;
