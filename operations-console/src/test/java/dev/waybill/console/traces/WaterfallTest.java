package dev.waybill.console.traces;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static dev.waybill.console.traces.Spans.failed;
import static dev.waybill.console.traces.Spans.span;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** Where each span stands in the picture. */
class WaterfallTest {

    @Test
    void effectsStandUnderTheirCauseInTheOrderOfTheirTimes() {
        assertThat(picture(
                span("captured", "request", "payment-service", 60, 70),
                span("gateway", "authorized", "payment-service", 21, 29),
                span("request", "", "order-service", 0, 10),
                span("authorized", "request", "payment-service", 20, 30))).containsExactly(
                        "request 0 +0",
                        " authorized 20 +20",
                        "  gateway 21 +21",
                        " captured 60 +60");
    }

    @Test
    void aBarIsAsLongAsItsSpanAndStandsWhereThatDoes() {
        List<Waterfall.Row> rows = Waterfall.of(List.of(span("a", "", "order-service", 0, 100),
                span("b", "a", "order-service", 50, 75), span("c", "a", "order-service", 100, 100))).rows();
        assertThat(rows).extracting(Waterfall.Row::x).containsExactly(0, 500, 997);
        assertThat(rows).extracting(Waterfall.Row::width).containsExactly(1000, 250, 3);
    }

    @Test
    void aSpanWhoseParentHasNotComeStandsAtTheLeftAndSaysSo() {
        Waterfall waterfall = Waterfall.of(List.of(span("late", "lost", "payment-service", 5, 6),
                span("child", "late", "payment-service", 5, 6), span("request", "", "order-service", 0, 10)));
        assertThat(waterfall.rows()).extracting(row -> row.span().id(), Waterfall.Row::depth, Waterfall.Row::orphan)
                .containsExactly(tuple("request", 0, false), tuple("late", 0, true), tuple("child", 1, false));
    }

    @Test
    void aClockThatIsBehindIsPutForwardForItsWholeService() {
        // The payment service's clock is 40 ms behind: it seems to act before it was asked.
        Waterfall waterfall = Waterfall.of(List.of(span("request", "", "order-service", 0, 30),
                span("authorized", "request", "payment-service", -20, -10),
                span("gateway", "authorized", "payment-service", -15, -11),
                span("captured", "request", "payment-service", 0, 10)));
        assertThat(lines(waterfall)).containsExactly(
                "request 0 +0", " authorized -20 +0", "  gateway -15 +5", " captured 0 +20");
        assertThat(waterfall.rows()).extracting(Waterfall.Row::moved).containsExactly(
                0L, MILLISECONDS.toNanos(20), MILLISECONDS.toNanos(20), MILLISECONDS.toNanos(20));
        assertThat(waterfall.rows()).extracting(Waterfall.Row::took).startsWith(MILLISECONDS.toNanos(30),
                MILLISECONDS.toNanos(10));
    }

    @Test
    void aClockThatIsAheadPutsForwardWhoeverAnswersIt() {
        assertThat(picture(
                span("request", "", "order-service", 0, 10),
                span("reserved", "request", "inventory-service", 1_000, 1_010),
                span("heard", "reserved", "order-service", 30, 40))).containsExactly(
                        "request 0 +0", " reserved 1000 +30", "  heard 30 +30");
    }

    @Test
    void aRingOfParentsIsCutOpen() {
        assertThat(picture(span("a", "b", "order-service", 1, 2), span("b", "a", "order-service", 3, 4),
                span("self", "self", "order-service", 5, 6))).containsExactly("a 1 +0", " b 3 +2", "self 5 +4");
    }

    @Test
    @Timeout(10)
    void aThousandSpansEachUnderTheLastAreDrawnAndSoAreMore() {
        List<Span> chain = IntStream.range(0, 2_000)
                .mapToObj(n -> span("s" + n, n == 0 ? "" : "s" + (n - 1), "service-" + n % 7, n, n + 1)).toList();
        List<Span> shuffled = new ArrayList<>(chain);
        Collections.shuffle(shuffled, new Random(7));
        Waterfall waterfall = Waterfall.of(shuffled);
        assertThat(waterfall.rows()).hasSize(Waterfall.MOST_ROWS);
        assertThat(waterfall.left()).isEqualTo(1_000);
        assertThat(waterfall.rows()).extracting(Waterfall.Row::depth)
                .containsExactlyElementsOf(IntStream.range(0, 1_000).boxed().toList());
    }

    @Test
    void whateverComesEverySpanHasItsRowInsideThePicture() {
        long seed = 20_261_122;
        var random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            int many = 1 + random.nextInt(60);
            List<Span> spans = IntStream.range(0, many).mapToObj(n -> span("s" + n, "s" + random.nextInt(many + 5),
                    "service-" + random.nextInt(4), random.nextInt(2_000), 2_000 + random.nextInt(2_000))).toList();
            Waterfall waterfall = Waterfall.of(spans);
            assertThat(waterfall.rows()).as("seed %d, round %d", seed, round)
                    .extracting(row -> row.span().id())
                    .containsExactlyInAnyOrderElementsOf(spans.stream().map(Span::id).toList());
            assertThat(waterfall.rows()).allSatisfy(row -> {
                assertThat(row.after()).isNotNegative();
                assertThat(row.x()).isBetween(0, Waterfall.WIDTH);
                assertThat(row.x() + row.width()).isLessThanOrEqualTo(Waterfall.WIDTH);
            });
        }
    }

    @Test
    void anErrorIsMarkedAndSaid() {
        TraceView view = TraceView.of(Waterfall.of(List.of(span("request", "", "order-service", 0, 30),
                failed(span("call", "request", "payment-service", 10, 20)))));
        assertThat(view.failed()).isTrue();
        assertThat(view.rows()).extracting(TraceView.RowView::error).containsExactly("", "IOException");
        assertThat(view.services()).extracting(TraceView.ServiceView::colour).containsExactly("service-0", "service-1");
    }

    @Test
    void timesAreSaidAsPeopleSayThem() {
        assertThat(Stream.of(400_000L, 12_300_000L, 1_250_000_000L, 75_000_000_000L).map(TraceView::spoken))
                .containsExactly("0.4 ms", "12 ms", "1.25 s", "1 min 15 s");
    }

    private static List<String> picture(Span... spans) {
        return lines(Waterfall.of(List.of(spans)));
    }

    /** Indented by depth: the span, when it began by its own clock, and when it stands in the picture. */
    private static List<String> lines(Waterfall waterfall) {
        return waterfall.rows().stream().map(row -> "%s%s %d +%d".formatted(" ".repeat(row.depth()), row.span().id(),
                NANOSECONDS.toMillis(row.span().from() - Spans.BEGAN), NANOSECONDS.toMillis(row.after()))).toList();
    }
}
