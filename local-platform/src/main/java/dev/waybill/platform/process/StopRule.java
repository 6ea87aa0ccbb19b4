package dev.waybill.platform.process;

import java.time.Duration;

/**
 * How a part wants to be stopped.
 *
 * @param stage  parts are stopped stage by stage, the lowest first
 * @param signal what makes it stop in order, such as TERM
 * @param within how long that may take before it is killed
 */
public record StopRule(int stage, String signal, Duration within) {

    /** Ends a process, and all it has started, at once. */
    public static final String KILL = "KILL";

    String text() {
        return stage + "/" + signal + "/" + within.toSeconds();
    }

    static StopRule ofText(String text) {
        String[] fields = text.split("/", -1);
        return new StopRule(Integer.parseInt(fields[0]), fields[1], Duration.ofSeconds(Long.parseLong(fields[2])));
    }
}
