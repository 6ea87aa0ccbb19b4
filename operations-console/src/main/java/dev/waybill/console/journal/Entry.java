package dev.waybill.console.journal;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/**
 * One act of a person.
 *
 * @param what    in words: {@code retry}, {@code resolve as completed}
 * @param outcome null while it is being done, and for ever where that was cut off
 * @param detail  what the service said, or how many there were
 */
public record Entry(UUID id, Instant at, String who, String what, About about, String reason,
        @Nullable Outcome outcome, @Nullable String detail, @Nullable Instant endedAt) {}
