package dev.waybill.console.parked;

import org.jspecify.annotations.Nullable;

import java.util.UUID;

/**
 * What has become of a key's messages, as the service says it.
 *
 * @param ended  {@code ALL_HANDLED}, or why it went no further
 * @param parked what stands first now
 */
record WorkedOff(int handled, String ended, @Nullable First parked, long waiting) {

    private static final String ALL_HANDLED = "ALL_HANDLED";

    record First(UUID id, @Nullable String type, @Nullable String reason) {}

    public boolean isAllHandled() {
        return ended.equals(ALL_HANDLED);
    }

    /** Nothing of it could be handled: the first failed again. */
    boolean hasFailed() {
        return handled == 0 && ended.equals("PARKED_AGAIN");
    }

    public String words() {
        String reason = parked == null || parked.reason() == null ? "" : " " + parked.reason();
        return switch (ended) {
            case ALL_HANDLED -> "%d handled; nothing waits under this key any more.".formatted(handled);
            case "PARKED_AGAIN" -> "%d handled, then one failed; %d stand there.%s".formatted(handled, waiting, reason);
            case "TIME_IS_UP" ->
                "%d handled; %d still stand there, for the next replay: it took too long.".formatted(handled, waiting);
            case "TAKEN_OVER" -> "%d handled; somebody else sees to the other %d.".formatted(handled, waiting);
            case "INTERRUPTED" -> "%d handled, then a fault of the surroundings; %d stand there.".formatted(handled,
                    waiting);
            case "NO_SUBSCRIPTION" -> "Nobody there takes such messages any more; %d stand there.".formatted(waiting);
            // A newer service may know more ways to end than this console.
            default -> "%d handled, then %s; %d stand there.%s".formatted(handled, ended, waiting, reason);
        };
    }
}
