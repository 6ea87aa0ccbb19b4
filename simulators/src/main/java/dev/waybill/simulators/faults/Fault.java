package dev.waybill.simulators.faults;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.waybill.simulators.web.Checks;
import org.jspecify.annotations.Nullable;

/**
 * A fault as it is asked for.
 *
 * @param rate the share of requests that it strikes, 0 to 1; all of them, if null
 * @param delayMs how long it waits, at most ten minutes; the settings' time, if null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Fault(Mode mode, @Nullable Double rate, @Nullable Long delayMs) {

    private static final long LONGEST_MS = 600_000;

    Fault {
        Checks.present("A mode", mode);
        if (rate != null && !(rate >= 0 && rate <= 1)) {
            throw new IllegalArgumentException("A rate is between 0 and 1");
        }
        if (delayMs != null && (delayMs < 0 || delayMs > LONGEST_MS)) {
            throw new IllegalArgumentException("A delay is between 0 and %d ms".formatted(LONGEST_MS));
        }
    }

    double share() {
        return rate == null ? 1 : rate;
    }
}
