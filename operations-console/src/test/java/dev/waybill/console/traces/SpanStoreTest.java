package dev.waybill.console.traces;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import static dev.waybill.console.traces.Spans.failed;
import static dev.waybill.console.traces.Spans.ofOrder;
import static dev.waybill.console.traces.Spans.span;
import static org.assertj.core.api.Assertions.assertThat;

/** What is kept, and what goes when there is no more room. */
class SpanStoreTest {

    /** Room for some ten small spans. */
    private static final long SMALL = 6_000;

    private final SpanStore store = new SpanStore(SMALL, Duration.ofSeconds(10));

    @Test
    void anOrderHasAllSpansOfEachOfItsTracesAlsoThoseThatDoNotNameIt() {
        store.add(List.of(span("t2", "c", "", "order-service", 50, 60), span("t1", "a", "", "order-service", 0, 9)));
        store.add(List.of(ofOrder("o", span("t1", "b", "a", "payment-service", 3, 4)),
                ofOrder("o", span("t2", "d", "c", "payment-service", 52, 53)),
                ofOrder("another", span("t3", "e", "", "payment-service", 1, 2))));
        assertThat(store.ofOrder("o")).satisfiesExactly(
                first -> assertThat(first).extracting(Span::id).containsExactlyInAnyOrder("a", "b"),
                second -> assertThat(second).extracting(Span::id).containsExactlyInAnyOrder("c", "d"));
        assertThat(store.ofOrder("unknown")).isEmpty();
    }

    @Test
    void aSpanThatComesAgainIsThereOnce() {
        Span span = ofOrder("o", span("t1", "a", "", "order-service", 0, 9));
        store.add(List.of(span, span));
        long once = store.bytes();
        store.add(List.of(span));
        assertThat(store.ofOrder("o")).singleElement().satisfies(spans -> assertThat(spans).hasSize(1));
        assertThat(store.bytes()).isEqualTo(once);
    }

    @Test
    void itNeverTakesMoreThanItIsGivenAndTheOldestTraceGoesFirst() {
        for (int n = 0; n < 100; n++) {
            store.add(List.of(order(n)));
            assertThat(store.bytes()).isPositive().isLessThanOrEqualTo(SMALL);
        }
        assertThat(store.ofOrder("o0")).isEmpty();
        assertThat(store.ofOrder("o99")).hasSize(1);
        assertThat(store.dropped()).isBetween(85L, 95L);
    }

    @Test
    void anErrorAndASlowOneOutlastARushOfGoodOnes() {
        store.add(
                List.of(failed(order(1_000)), ofOrder("o1001", span("t1001", "slow", "", "order-service", 0, 10_000))));
        rush();
        assertThat(store.ofOrder("o1000")).hasSize(1);
        assertThat(store.ofOrder("o1001")).hasSize(1);
        assertThat(store.ofOrder("o99")).hasSize(1);
    }

    @Test
    void aTraceThatFailsLaterIsKeptFromThenOn() {
        store.add(List.of(order(1_000)));
        store.add(List.of(failed(span("t1000", "later", "a", "payment-service", 5, 6))));
        rush();
        assertThat(store.ofOrder("o1000")).singleElement().satisfies(spans -> assertThat(spans).hasSize(2));
    }

    @Test
    void aRushOfErrorsLeavesRoomForOthers() {
        store.add(List.of(order(1_000), order(1_001)));
        IntStream.range(0, 100).forEach(n -> store.add(List.of(failed(order(n)))));
        assertThat(store.ofOrder("o0")).isEmpty();
        assertThat(store.ofOrder("o99")).hasSize(1);
        assertThat(store.ofOrder("o1001")).hasSize(1);
        assertThat(store.bytes()).isLessThanOrEqualTo(SMALL);
    }

    @Test
    void aTraceThatIsNoOrdersDoesNotTakeAllTheRoom() {
        var large = new SpanStore(100_000_000, Duration.ofSeconds(10));
        IntStream.range(0, SpanStore.LARGEST_TRACE + 7)
                .forEach(n -> large.add(List.of(ofOrder("o", span("t", "s" + n, "", "order-service", n, n)))));
        assertThat(large.ofOrder("o")).singleElement()
                .satisfies(spans -> assertThat(spans).hasSize(SpanStore.LARGEST_TRACE));
        assertThat(large.dropped()).isEqualTo(7);
    }

    @Test
    void whatIsForgottenLeavesNothingBehind() {
        rush();
        var tiny = new SpanStore(1, Duration.ofSeconds(10));
        tiny.add(List.of(order(1), failed(order(2))));
        assertThat(tiny.bytes()).isZero();
        assertThat(tiny.ofOrder("o1")).isEmpty();
        assertThat(tiny.ofOrder("o2")).isEmpty();
    }

    private void rush() {
        IntStream.range(0, 100).forEach(n -> store.add(List.of(order(n))));
    }

    private static Span order(int n) {
        return ofOrder("o" + n, span("t" + n, "a", "", "order-service", n, n + 1));
    }
}
