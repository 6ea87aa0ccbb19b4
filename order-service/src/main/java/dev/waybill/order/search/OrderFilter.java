package dev.waybill.order.search;

import dev.waybill.events.CustomerId;
import dev.waybill.events.Sku;
import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * Which orders are wanted: those to which all of it applies. What is null does not matter.
 *
 * @param placedFrom then or later
 * @param placedTo before then
 */
public record OrderFilter(
        @Nullable String status,
        @Nullable CustomerId customerId,
        @Nullable Sku sku,
        @Nullable Instant placedFrom,
        @Nullable Instant placedTo,
        @Nullable SearchText q) {}
