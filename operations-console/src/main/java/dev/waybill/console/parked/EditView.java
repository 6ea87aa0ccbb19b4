package dev.waybill.console.parked;

import dev.waybill.console.PrettyJson;

import java.util.List;

/**
 * What an edit would change, before it is sent.
 *
 * @param version  the newest, to which it will be sent
 * @param stale    it has changed since the editor looked
 * @param fromHere the version that the editor looked at
 * @param acts     what was done about it, the newest first
 */
record EditView(String payload, long version, String reason, List<LineDiff.Line> diff, boolean changes,
        boolean json, boolean stale, long fromHere, List<ParkedMessage.Act> acts) {

    static EditView of(ParkedMessage newest, Typed typed) {
        List<LineDiff.Line> diff = LineDiff.between(newest.pretty(), PrettyJson.of(typed.payload()));
        return new EditView(typed.payload(), newest.version(), typed.reason(), diff,
                diff.stream().anyMatch(line -> line.kind() != LineDiff.Kind.SAME), PrettyJson.isJson(typed.payload()),
                newest.version() != typed.version(), typed.version(),
                newest.acts().stream().limit(5).toList());
    }
}
