package dev.waybill.messaging.outbox;

import dev.waybill.events.Envelope;

/** A message on its way to a topic. */
public record OutboxRow(String topic, Envelope envelope, String payload) {}
