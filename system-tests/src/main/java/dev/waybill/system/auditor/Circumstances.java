package dev.waybill.system.auditor;

import dev.waybill.system.auditor.evidence.Pending;
import dev.waybill.system.auditor.reading.FaultLog.Fault;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Under what the platform was while it worked, and how long it may take.
 *
 * @param seed from what a run was made that can be repeated; null where there is none
 * @param faults what was done to the platform on purpose, in the order of time
 * @param foreign the places of records that were put on topics on purpose, like {@code order.events-3@17}: no service has said
 *     them, but what comes of them counts
 * @param settlesWithin after how long what has begun should have ended, once nothing is broken any more
 */
public record Circumstances(@Nullable String seed, List<Fault> faults, Set<String> foreign, Duration settlesWithin) {

    public Circumstances {
        faults = List.copyOf(faults);
        foreign = Set.copyOf(foreign);
    }

    public static Circumstances undisturbed(Duration settlesWithin) {
        return new Circumstances(null, List.of(), Set.of(), settlesWithin);
    }

    /** Time that passes while something is broken does not count. What waits for a person does not end by itself: it has no time. */
    boolean isOverdue(Pending pending, Instant now) {
        Instant since = pending.since();
        for (Fault fault : faults) {
            Instant healed = fault.healed();
            if (healed == null) {
                return false;
            }
            since = healed.isAfter(since) ? healed : since;
        }
        return pending.kind() == Pending.Kind.STUCK_SAGA || !since.plus(settlesWithin).isAfter(now);
    }
}
