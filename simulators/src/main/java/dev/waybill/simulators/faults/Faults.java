package dev.waybill.simulators.faults;

import dev.waybill.simulators.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * The faults that are switched on, at most one per target. A simulator asks at each point where one could strike; the seeded
 * dice are thrown there and only there, so the same requests in the same order meet the same faults again.
 */
@Component
public class Faults {

    private final FaultSettings settings;
    private final Pauses pauses;
    private final Map<Target, Active> active = new ConcurrentHashMap<>();

    Faults(FaultSettings settings, Pauses pauses) {
        this.settings = settings;
        this.pauses = pauses;
    }

    /** Before anything is done, for every request: errors, delays, and answers that never come. */
    public void atTheDoor(Target target) {
        if (strikes(target, Mode.ERROR)) {
            throw new ProblemException(
                    HttpStatus.INTERNAL_SERVER_ERROR,
                    "SIMULATED_ERROR",
                    "A fault was switched on: nothing was done");
        }
        Active fault = struckBy(target, Mode.SLOW);
        if (fault != null) {
            pauses.pause(fault.delay(settings.slow()));
        }
        fault = struckBy(target, Mode.TIMEOUT_BEFORE_EFFECT);
        if (fault != null) {
            throw hang(fault.delay(settings.hang()));
        }
    }

    /** After a request was decided for the first time: its answer may never come. */
    public void afterTheEffect(Target target) {
        Active fault = struckBy(target, Mode.TIMEOUT_AFTER_EFFECT);
        if (fault != null) {
            throw hang(fault.delay(settings.hang()));
        }
    }

    /** Hangs as long as nobody waits, for the card that is known for it. */
    public ProblemException hang() {
        return hang(settings.hang());
    }

    /** Whether this is to be refused although it could be granted. */
    public boolean strikes(Target target, Mode mode) {
        return struckBy(target, mode) != null;
    }

    /** How often the next webhook is sent. */
    public int webhookCopies(Target target) {
        if (strikes(target, Mode.NO_WEBHOOK)) {
            return 0;
        }
        return strikes(target, Mode.DOUBLE_WEBHOOK) ? 2 : 1;
    }

    Active put(Target target, Fault fault) {
        if (!target.knows(fault.mode())) {
            throw new ProblemException(
                    HttpStatus.CONFLICT,
                    "FAULT_DOES_NOT_APPLY",
                    "The %s cannot fail by %s".formatted(target.spokenName(), fault.mode()));
        }
        var put = new Active(target, fault, new Random(settings.seed()), new LongAdder());
        active.put(target, put);
        return put;
    }

    void remove(Target target) {
        active.remove(target);
    }

    Optional<Active> find(Target target) {
        return Optional.ofNullable(active.get(target));
    }

    List<Active> all() {
        return active.values().stream().sorted((one, other) -> one.target().compareTo(other.target())).toList();
    }

    private @Nullable Active struckBy(Target target, Mode mode) {
        Active fault = active.get(target);
        if (fault == null || fault.fault().mode() != mode || fault.dice().nextDouble() >= fault.fault().share()) {
            return null;
        }
        fault.struck().increment();
        return fault;
    }

    private ProblemException hang(Duration time) {
        pauses.pause(time);
        return new ProblemException(
                HttpStatus.GATEWAY_TIMEOUT,
                "SIMULATED_TIMEOUT",
                "A fault was switched on: whether anything was done, this answer does not say");
    }

    record Active(Target target, Fault fault, Random dice, LongAdder struck) {

        Duration delay(Duration otherwise) {
            Long asked = fault.delayMs();
            return asked == null ? otherwise : Duration.ofMillis(asked);
        }
    }
}
