package dev.waybill.system.observability;

import dev.waybill.system.driver.SpanOfAnOrder;

import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a link asks a trace store for: as much of TraceQL as links need, which is conditions on one span, all of them together. A condition
 * on how long it took, or how it ended, says nothing of which spans there are.
 */
record TraceQuery(String text) {

    private static final Pattern CONDITION = Pattern.compile("(\\S+) (=|!=|=~|!~|>) (\\S.*)");

    boolean finds(SpanOfAnOrder span) {
        return conditions().allMatch(condition -> holds(condition, span));
    }

    /** It asks how long a span took and does not say which: none takes as long as the whole trace, which is traceDuration. */
    boolean isOfAnySpanThatIsSlow() {
        return conditions().anyMatch(condition -> condition.group(1).equals("duration"))
                && conditions().noneMatch(condition -> condition.group(1).matches("name|kind"));
    }

    private Stream<MatchResult> conditions() {
        if (!text.matches("\\{ .* }")) {
            throw new AssertionError("No conditions on a span: " + text);
        }
        return Stream.of(text.substring(2, text.length() - 2).split(" && ", -1))
                .map(condition -> CONDITION.matcher(condition).results().findFirst()
                        .orElseThrow(() -> new AssertionError("No condition: " + condition)));
    }

    private static boolean holds(MatchResult condition, SpanOfAnOrder span) {
        String wanted = condition.group(3).replaceAll("^\"|\"$", "");
        return switch (condition.group(1)) {
            case "name" -> compare(span.name(), condition.group(2), wanted);
            case "kind" -> compare(span.kind().name(), condition.group(2),
                    "SPAN_KIND_" + wanted.toUpperCase(Locale.ROOT));
            // Whichever the dashboard's reader chooses.
            case "resource.service.name" -> wanted.startsWith("${") || compare(span.service(), condition.group(2),
                    wanted);
            case "duration", "traceDuration", "status" -> true;
            default -> throw new AssertionError("Nothing is known of " + condition.group());
        };
    }

    private static boolean compare(String is, String how, String wanted) {
        return switch (how) {
            case "=" -> is.equals(wanted);
            case "!=" -> !is.equals(wanted);
            case "=~" -> is.matches(wanted);
            case "!~" -> !is.matches(wanted);
            default -> throw new AssertionError("Names are not compared by " + how);
        };
    }
}
