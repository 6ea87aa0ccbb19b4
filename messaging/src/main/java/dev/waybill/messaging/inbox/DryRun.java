package dev.waybill.messaging.inbox;

import dev.waybill.messaging.Intention;
import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What would happen if a parked message were handled now.
 *
 * @param reason what would go wrong, with its stack; only of a fault
 * @param intentions what would be said and requested; nothing of a fault
 */
public record DryRun(
        Result result, @Nullable String reason, @Nullable String stack, List<Intention> intentions) {

    /** What would become of it. */
    public enum Result {
        HANDLED, FAULT,
        /** It is of no concern to its subscription any more, and would go without an effect. */
        PASSED_OVER
    }

    static DryRun failed(RuntimeException fault) {
        ParkedReason why = ParkedReason.of(fault);
        return new DryRun(Result.FAULT, why.reason(), why.stack(), List.of());
    }
}
