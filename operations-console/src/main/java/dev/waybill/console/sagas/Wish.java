package dev.waybill.console.sagas;

import dev.waybill.console.services.SagaService.Saga;
import dev.waybill.console.who.Who;
import dev.waybill.defaults.operators.Reason;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Objects;

/**
 * An act as it was filled in.
 *
 * @param outcome of a saga that is to be taken as ended
 */
record Wish(Act act, String reason, String outcome, Seen seen) {

    static final List<String> OUTCOMES = List.of("COMPLETED", "COMPENSATED");

    Wish(Act act, @Nullable String reason, @Nullable String outcome, Seen seen) {
        this.act = act;
        this.reason = Objects.requireNonNullElse(reason, "").strip();
        this.outcome = Objects.requireNonNullElse(outcome, "");
        this.seen = seen;
    }

    /** Whether the saga's own journal has it by now, as this person's wish and for this reason. */
    boolean isIn(Saga saga, Who who) {
        String asked = "%s: %s".formatted(who.name(), reason);
        String detail = act == Act.RESOLVE ? "%s. %s".formatted(outcome, asked) : asked;
        return seen.since(saga).stream()
                .anyMatch(line -> act.noted().equals(line.kind()) && detail.equals(line.detail()));
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
