package dev.waybill.console.sagas;

import dev.waybill.console.services.SagaService.Line;
import dev.waybill.console.services.SagaService.Saga;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Objects;

/**
 * How a saga was on the page on which something was decided about it.
 *
 * @param version  what is decided is about this one and no other
 * @param lines    how long its journal was
 * @param standing where it stood, in words
 */
record Seen(long version, int lines, String standing) {

    static Seen of(Saga saga) {
        return new Seen(saga.version(), saga.journal().size(), standing(saga));
    }

    /** As a form has sent it; where it has not, it is no saga's. */
    static Seen sent(@Nullable Long version, @Nullable Integer lines, @Nullable String standing) {
        return new Seen(Objects.requireNonNullElse(version, -1L), Math.max(0, Objects.requireNonNullElse(lines, 0)),
                Objects.requireNonNullElse(standing, ""));
    }

    boolean isStill(Saga saga) {
        return saga.version() == version;
    }

    /** What it has done since. */
    List<Line> since(Saga saga) {
        return saga.journal().stream().skip(lines).toList();
    }

    /** In which way it is another one now. */
    String difference(Saga saga) {
        String now = standing(saga);
        return standing.isBlank() || standing.equals(now)
                ? "It is %s, as it was, and has done something meanwhile".formatted(now)
                : "It was %s, and is %s now".formatted(standing, now);
    }

    private static String standing(Saga saga) {
        return "%s at %s".formatted(saga.status(), saga.step());
    }
}
