package dev.waybill.saga.engine;

import dev.waybill.saga.engine.Input.Asked;
import dev.waybill.saga.engine.Input.Resolution;

import java.util.Random;

/** What people want of an explored saga. */
final class People {

    private static final Asked ASKED = new Asked("somebody", "to see what happens");

    static final Input.Request CALLED_OFF = new Input.TurnBack(ASKED);
    static final Input.Request RETRIED = new Input.Retry(ASKED);
    static final Input.Request SKIPPED = new Input.Skip(ASKED);
    static final Input.Request RESOLVED_AS_COMPLETED = new Input.Resolve(Resolution.COMPLETED, ASKED);
    static final Input.Request RESOLVED_AS_COMPENSATED = new Input.Resolve(Resolution.COMPENSATED, ASKED);

    private People() {}

    /** Somebody comes who looks after a stuck one, and mostly tries again. */
    static Input.Request help(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> SKIPPED;
            case 1 -> random.nextBoolean() ? RESOLVED_AS_COMPLETED : RESOLVED_AS_COMPENSATED;
            default -> RETRIED;
        };
    }
}
