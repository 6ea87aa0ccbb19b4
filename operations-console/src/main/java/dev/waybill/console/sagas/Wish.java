package dev.waybill.console.sagas;

import dev.waybill.console.services.SagaService.Saga;
import dev.waybill.defaults.operators.Reason;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Objects;

/**
 * An act as it was filled in.
 *
 * @param outcome of a saga that is to be taken as ended
 * @param seen    how the saga stood on the page on which it was decided
 */
record Wish(Act act, String reason, String outcome, String seen) {

    static final List<String> OUTCOMES = List.of("COMPLETED", "COMPENSATED");

    Wish(Act act, @Nullable String reason, @Nullable String outcome, @Nullable String seen) {
        this.act = act;
        this.reason = Objects.requireNonNullElse(reason, "").strip();
        this.outcome = Objects.requireNonNullElse(outcome, "");
        this.seen = Objects.requireNonNullElse(seen, "");
    }

    /** How a saga stands: what is decided about it is decided about that. */
    static String standing(Saga saga) {
        return saga.status() + " / " + saga.step();
    }

    /** What has to be put right before anything is done; null where nothing. */
    @Nullable String objection() {
        if (reason.isBlank()) {
            return "Say why: it goes into the journals";
        } else if (reason.length() > Reason.LONGEST) {
            return "The reason is longer than %d characters".formatted(Reason.LONGEST);
        } else if (reason.chars().anyMatch(Character::isISOControl)) {
            return "The reason holds a control character";
        } else if (act == Act.RESOLVE && !OUTCOMES.contains(outcome)) {
            return "Say as what the saga is to be taken";
        }
        return null;
    }

    /** For the journal. */
    String words() {
        return act == Act.RESOLVE
                ? "resolve as " + (outcome.equals("COMPLETED") ? "completed" : "compensated")
                : act.path();
    }
}
