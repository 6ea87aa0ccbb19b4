/**
 * Messages that are neither lost nor acted on twice: an outbox that is written in the business transaction, a relay that
 * publishes it in the order of the changes, an inbox that takes out duplicates, and a place where messages that cannot be
 * handled are parked until a person has seen to them. A service declares {@link dev.waybill.messaging.Subscription}s and
 * appends to the {@link dev.waybill.messaging.Outbox}; the rest is configured for it.
 */
@NullMarked
package dev.waybill.messaging;

import org.jspecify.annotations.NullMarked;
