package dev.waybill.defaults.paging;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** A position in a list that is sorted by time and, where times are the same, by id. Times count in microseconds. */
public record Moment(Instant at, UUID id) {

    public Moment {
        at = at.truncatedTo(ChronoUnit.MICROS);
    }

    /**
     * Reads what {@link #toString()} wrote.
     *
     * @throws IllegalArgumentException when it is something else
     */
    public static Moment parse(String text) {
        String[] parts = text.split("_", -1);
        if (parts.length != 2) {
            throw new IllegalArgumentException("No position in a list sorted by time");
        }
        try {
            return new Moment(Instant.parse(parts[0]), UUID.fromString(parts[1]));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("No position in a list sorted by time", e);
        }
    }

    @Override
    public String toString() {
        return at + "_" + id;
    }
}
