/**
 * What operators ask of a service's messaging over HTTP: parked messages, subscriptions, the outbox, calls to the outside. Configured in servlet web
 * applications only; how requests and problems look is {@code service-defaults}' matter.
 */
@NullMarked
package dev.waybill.messaging.operations;

import org.jspecify.annotations.NullMarked;
