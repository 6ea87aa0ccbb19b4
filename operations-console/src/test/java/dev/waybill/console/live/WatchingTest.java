package dev.waybill.console.live;

import dev.waybill.console.live.Watch.News;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.web.server.context.WebServerApplicationContext;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Who is told what, and how often is looked for it. */
@Timeout(20)
class WatchingTest {

    private static final Duration LONG = Duration.ofSeconds(10);
    private static final Duration A_WHILE = Duration.ofMillis(200);
    private static final String PAGE = "/orders/1";

    private final AtomicReference<String> shown = new AtomicReference<>("pending");
    private final AtomicInteger looks = new AtomicInteger();
    private final Watching often = watching(Duration.ofMillis(20));
    private final Watching once = watching(Duration.ofHours(1));

    private static Watching watching(Duration every) {
        return new Watching(new LiveSettings(10, every, LONG));
    }

    private Object look() {
        looks.incrementAndGet();
        return shown.get();
    }

    @BeforeEach
    void start() {
        often.start();
        once.start();
    }

    @AfterEach
    void stop() {
        often.stop();
        once.stop();
    }

    @Test
    void whoeverComesIsToldOnceAndThenWhenSomethingHasChanged() throws InterruptedException {
        try (Watch watch = often.watch(PAGE, this::look)) {
            assertThat(watch.next(LONG)).isEqualTo(News.CHANGED);
            assertThat(watch.next(A_WHILE)).isEqualTo(News.SAME);

            shown.set("confirmed");

            assertThat(watch.next(LONG)).isEqualTo(News.CHANGED);
            assertThat(watch.next(A_WHILE)).isEqualTo(News.SAME);
        }
    }

    @Test
    void whoLooksAtTheSameSharesOneLook() throws InterruptedException {
        try (Watch first = once.watch(PAGE, this::look)) {
            assertThat(first.next(LONG)).isEqualTo(News.CHANGED);
            try (Watch second = once.watch(PAGE, this::look); Watch other = once.watch("/orders/2", this::look)) {
                assertThat(second.next(LONG)).isEqualTo(News.CHANGED);
                assertThat(other.next(LONG)).isEqualTo(News.CHANGED);
                assertThat(once.watched()).isEqualTo(2);
            }
            assertThat(once.watched()).isOne();
        }
        assertThat(looks).hasValue(2);
    }

    @Test
    void eachOfThemIsTold() throws InterruptedException {
        try (Watch first = often.watch(PAGE, this::look); Watch second = often.watch(PAGE, this::look)) {
            assertThat(first.next(LONG)).isEqualTo(News.CHANGED);
            assertThat(second.next(A_WHILE)).isEqualTo(News.CHANGED);

            shown.set("confirmed");

            assertThat(first.next(LONG)).isEqualTo(News.CHANGED);
            assertThat(second.next(LONG)).isEqualTo(News.CHANGED);
        }
    }

    @Test
    void whoeverDoesNotListenHoldsUpNobody() throws InterruptedException {
        try (Watch idle = often.watch(PAGE, this::look); Watch watch = often.watch(PAGE, this::look)) {
            for (int change = 0; change < 5; change++) {
                shown.set("change " + change);
                assertThat(watch.next(LONG)).isEqualTo(News.CHANGED);
            }
            await().until(() -> watch.next(A_WHILE) == News.SAME);
            // All of it at once.
            assertThat(idle.next(A_WHILE)).isEqualTo(News.CHANGED);
            assertThat(idle.next(A_WHILE)).isEqualTo(News.SAME);
        }
    }

    @Test
    void nothingIsLookedAtThatNobodyWatches() throws InterruptedException {
        try (Watch watch = often.watch(PAGE, this::look)) {
            assertThat(watch.next(LONG)).isEqualTo(News.CHANGED);
        }

        assertThat(often.watched()).isZero();
        await().pollInterval(A_WHILE).until(() -> looks.getAndSet(0) == 0);
        try (Watch again = often.watch(PAGE, this::look)) {
            assertThat(again.next(LONG)).isEqualTo(News.CHANGED);
        }
    }

    /** The page cannot be shown then either, and says so. */
    @Test
    void aLookThatFailsIsToldAndThatItSucceedsAgain() throws InterruptedException {
        Supplier<Object> failing = () -> {
            if (shown.get().isEmpty()) {
                throw new IllegalStateException("The database is away, for the %dth time".formatted(
                        looks.incrementAndGet()));
            }
            return shown.get();
        };
        try (Watch watch = often.watch(PAGE, failing)) {
            assertThat(watch.next(LONG)).isEqualTo(News.CHANGED);
            shown.set("");
            assertThat(watch.next(LONG)).isEqualTo(News.CHANGED);
            // Nobody has seen whether it is what it was.
            assertThat(watch.next(A_WHILE)).isEqualTo(News.UNKNOWN);
            shown.set("pending");
            assertThat(watch.next(LONG)).isEqualTo(News.CHANGED);
        }
    }

    /** Else a page would be taken for up to date that nobody looks at. */
    @Test
    void itIsNotSaidToBeTheSameWhenALookDoesNotEnd() throws InterruptedException {
        var released = new CountDownLatch(1);
        Supplier<Object> slow = () -> {
            try {
                released.await();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
            return "at last";
        };
        try (Watch watch = often.watch(PAGE, slow)) {
            assertThat(watch.next(A_WHILE)).isEqualTo(News.UNKNOWN);
            released.countDown();
            assertThat(watch.next(LONG)).isEqualTo(News.CHANGED);
        }
    }

    @Test
    void allIsOverForEverybodyWhenTheConsoleEndsAlsoForWhoeverComesThen() throws InterruptedException {
        try (Watch watch = once.watch(PAGE, this::look)) {
            assertThat(watch.next(LONG)).isEqualTo(News.CHANGED);

            once.stop();

            assertThat(watch.next(LONG)).isEqualTo(News.OVER);
            try (Watch late = once.watch(PAGE, this::look)) {
                assertThat(late.next(LONG)).isEqualTo(News.OVER);
            }
        }
    }

    /** What has a higher phase is stopped before. */
    @Test
    void itEndsBeforeTheServerWaitsForRequestsToEnd() {
        assertThat(once.getPhase()).isGreaterThan(WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE);
    }
}
