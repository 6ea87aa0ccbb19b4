package dev.waybill.console.parked;

import dev.waybill.console.parked.ParkedMessage.Act;
import org.jspecify.annotations.Nullable;

/**
 * What has become of a message that was to be replayed or discarded.
 *
 * @param words  as the service says it
 * @param well   else somebody has to look again
 * @param first  what stands first under its key now, where that is known
 */
record SeenTo(String words, boolean well, WorkedOff.@Nullable First first) {

    static SeenTo told(WorkedOff worked) {
        return new SeenTo(worked.words(), worked.isAllHandled(), worked.parked());
    }

    /** No answer was heard; it was found in the service's journal. */
    static SeenTo found(Act act) {
        String detail = act.detail() == null || act.kind().equals("DISCARDED") ? "" : " " + act.detail();
        return new SeenTo(
                "No answer was heard, but the service's journal has it: %s.%s What has become of what waited behind it "
                        .formatted(act.words(), detail) + "is seen among the parked messages.",
                !act.kind().equals("FAILED"), null);
    }
}
