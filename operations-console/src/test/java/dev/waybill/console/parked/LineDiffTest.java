package dev.waybill.console.parked;

import dev.waybill.console.PrettyJson;
import dev.waybill.console.parked.LineDiff.Kind;
import dev.waybill.console.parked.LineDiff.Line;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What an edit changes, and how JSON is laid out for it. */
class LineDiffTest {

    @Test
    void whatIsTakenOutStandsBeforeWhatIsPutInAndTheRestAroundIt() {
        assertThat(LineDiff.between("{\n  \"amount\": 1\n}", "{\n  \"amount\": 2,\n  \"more\": 3\n}")).containsExactly(
                new Line(Kind.SAME, "{"),
                new Line(Kind.REMOVED, "  \"amount\": 1"),
                new Line(Kind.ADDED, "  \"amount\": 2,"),
                new Line(Kind.ADDED, "  \"more\": 3"),
                new Line(Kind.SAME, "}"));
    }

    @Test
    void whatIsTooLongToCompareIsTakenOutAndPutInWhole() {
        String long1 = "a\n".repeat(4_000);
        assertThat(LineDiff.between(long1, "b")).hasSize(4_001).last().isEqualTo(new Line(Kind.ADDED, "b"));
        assertThat(LineDiff.between(long1, long1)).extracting(Line::kind).containsOnly(Kind.SAME);
    }

    @Test
    void layingOutChangesNothingOfWhatItSays() {
        assertThat(PrettyJson.of("{\"a\":1.10,\"b\":12345678901234567890.12345678901234567890}"))
                .isEqualTo("{\n  \"a\" : 1.10,\n  \"b\" : 12345678901234567890.12345678901234567890\n}");
        assertThat(PrettyJson.of("{\"a\":1,\"a\":2}")).isEqualTo("{\"a\":1,\"a\":2}");
        assertThat(PrettyJson.of("no json")).isEqualTo("no json");
        assertThat(PrettyJson.isJson("{} x")).isFalse();
    }

    @Test
    void reasonsThatDifferByIdsAndNumbersOnlyAreOneKind() {
        assertThat(ReasonKind.of("There is no order 0198f3c0-0000-7000-8000-000000000001 at version 7"))
                .isEqualTo(ReasonKind.of("There is no order 0198f3c0-0000-7000-8000-000000000002 at version 12"))
                .isEqualTo("There is no order … at version …");
        assertThat(ReasonKind.matches("There is no order 12", "ORDER 12")).isTrue();
        assertThat(ReasonKind.matches("There is no order 12", "no order …")).isTrue();
        assertThat(ReasonKind.matches(null, "no order")).isFalse();
    }
}
