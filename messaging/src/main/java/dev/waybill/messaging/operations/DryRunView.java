package dev.waybill.messaging.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.waybill.messaging.Intention;
import dev.waybill.messaging.inbox.DryRun;
import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What would happen if a parked message were handled now.
 *
 * @param says what would be published
 * @param requests which calls to the outside world would be made
 */
record DryRunView(
        DryRun.Result result,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String reason,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String stack,
        List<Intention.Say> says,
        List<Intention.Call> requests) {

    static DryRunView from(DryRun run) {
        return new DryRunView(
                run.result(),
                run.reason(),
                run.stack(),
                run.intentions().stream().filter(Intention.Say.class::isInstance).map(Intention.Say.class::cast)
                        .toList(),
                run.intentions().stream().filter(Intention.Call.class::isInstance).map(Intention.Call.class::cast)
                        .toList());
    }
}
