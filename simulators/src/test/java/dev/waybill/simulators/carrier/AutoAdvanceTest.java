package dev.waybill.simulators.carrier;

import dev.waybill.simulators.RunningSimulators;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class AutoAdvanceTest {

    @TempDir
    Path books;

    @Test
    void dispatchedParcelMovesByItselfEvenAcrossARestart() {
        try (RunningSimulators before = startWith("100ms", "1h")) {
            dispatch(before, "moving");
            before.book("booked", "booked", "DE");

            await().untilAsserted(
                    () -> assertThat(before.history("moving")).containsExactly("BOOKED", "DISPATCHED", "HANDED_OVER"));
        }
        try (RunningSimulators after = startWith("100ms", "100ms")) {
            await().untilAsserted(
                    () -> assertThat(after.history("moving"))
                            .containsExactly("BOOKED", "DISPATCHED", "HANDED_OVER", "DELIVERED"));
            dispatch(after, "next");
            await().untilAsserted(
                    () -> assertThat(after.history("next"))
                            .containsExactly("BOOKED", "DISPATCHED", "HANDED_OVER", "DELIVERED"));
            assertThat(after.history("booked")).as("not dispatched, so it stays").containsExactly("BOOKED");
        }
    }

    @Test
    void parcelThatADriverMovedOrThatWasCancelledIsLeftAlone() {
        try (RunningSimulators simulators = startWith("600ms", "1h")) {
            String moved = dispatch(simulators, "moved");
            simulators.scan(moved, "DELIVERED");
            String cancelled = dispatch(simulators, "cancelled");
            simulators.ship("cancel", cancelled, "cancellation");
            dispatch(simulators, "witness");

            await().until(() -> simulators.history("witness").contains("HANDED_OVER"));
            await().during(Duration.ofMillis(100)).untilAsserted(() -> {
                assertThat(simulators.history("moved")).containsExactly("BOOKED", "DISPATCHED", "DELIVERED");
                assertThat(simulators.history("cancelled")).containsExactly("BOOKED", "DISPATCHED", "CANCELLED");
            });
        }
    }

    private RunningSimulators startWith(String handedOverAfter, String deliveredAfter) {
        return RunningSimulators.on(
                books,
                "waybill.simulators.carrier.auto-advance.handed-over-after=" + handedOverAfter,
                "waybill.simulators.carrier.auto-advance.delivered-after=" + deliveredAfter);
    }

    private static String dispatch(RunningSimulators simulators, String orderId) {
        String trackingNumber = simulators.book("book-" + orderId, orderId, "DE").at("/trackingNumber");
        simulators.ship("dispatch-" + orderId, trackingNumber, "dispatch");
        return trackingNumber;
    }
}
