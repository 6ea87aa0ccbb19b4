package dev.waybill.messaging.replay;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * What an operator asks for.
 *
 * @param topic has to be there, and to be nobody's
 * @param from events that were said at this instant or later; none: from the first one on
 * @param to events that were said before this instant; none: all that are published by now
 * @param ratePerSecond none: as the service is set
 */
record ReplayRequest(
        @NotNull @Pattern(regexp = "[a-zA-Z0-9._-]{1,249}", message = "This is no name of a topic") String topic,
        @Nullable Instant from,
        @Nullable Instant to,
        @Min(1) @Max(100_000) @Nullable Integer ratePerSecond) {}
