package dev.waybill.platform.process;

import java.util.Locale;

/** What a part is doing. */
public enum Condition {
    /** Not yet launched: what it needs is not ready. */
    WAITING,
    /** Launched, does not answer yet. */
    STARTING,
    /** Has answered and runs. */
    UP,
    /** Has died by itself, and is started again after a pause. */
    PAUSED,
    /** Was killed on purpose, and stays down for the time that was asked for. */
    HELD,
    /** Ended, and not started again. */
    DOWN;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
