package dev.waybill.order.timeline;

import tools.jackson.databind.JsonNode;

import java.time.Instant;

/**
 * One thing that happened.
 *
 * @param at by the clock of whoever said it: shown, and not sorted by
 * @param context who said it, {@code payment}
 * @param type the event's name, {@code captured}
 * @param sequence its number among all that this aggregate has said
 */
record TimelineEntry(Instant at, String context, String type, String title, long sequence, JsonNode details) {}
