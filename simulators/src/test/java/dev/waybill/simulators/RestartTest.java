package dev.waybill.simulators;

import dev.waybill.simulators.RunningSimulators.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class RestartTest {

    @TempDir
    Path before;

    @TempDir
    Path after;

    @Test
    void killedSimulatorsHaveForgottenNothing() throws IOException {
        try (RunningSimulators killed = RunningSimulators.on(before)) {
            Answer authorized = killed.authorize("a", "order", "pm_card_visa");
            Answer captured = killed.charge("c", authorized.at("/reference"), "captures");
            Answer declined = killed.authorize("d", "declined", "pm_card_declined");
            Answer booked = killed.book("b", "order", "DE");
            Answer dispatched = killed.ship("s", booked.at("/trackingNumber"), "dispatch");
            killed.scan(booked.at("/trackingNumber"), "HANDED_OVER");
            leaveBooksAsAKillWould();

            try (RunningSimulators again = RunningSimulators.on(after)) {
                for (String books : new String[]{"/gateway/charges", "/carrier/shipments"}) {
                    assertThat(again.get(books).text()).isEqualTo(killed.get(books).text());
                }
                assertThat(again.authorize("a", "order", "pm_card_visa").text()).isEqualTo(authorized.text());
                assertThat(again.charge("c", authorized.at("/reference"), "captures").text())
                        .isEqualTo(captured.text());
                assertThat(again.authorize("d", "declined", "pm_card_declined").text())
                        .isEqualTo(declined.text());
                assertThat(again.book("b", "order", "DE").text()).isEqualTo(booked.text());
                assertThat(again.ship("s", booked.at("/trackingNumber"), "dispatch").at("/trackingNumber"))
                        .isEqualTo(dispatched.at("/trackingNumber"));
                assertThat(again.charges("order")).containsExactly("AUTHORIZE", "CAPTURE");
                assertThat(again.history("order")).containsExactly("BOOKED", "DISPATCHED", "HANDED_OVER");

                assertThat(again.charge("c2", authorized.at("/reference"), "captures").at("/code"))
                        .isEqualTo("ALREADY_CAPTURED");
                assertThat(again.ship("x", booked.at("/trackingNumber"), "cancellation").at("/code"))
                        .isEqualTo("ALREADY_HANDED_OVER");
            }
        }
    }

    @Test
    void hangingRequestDoesNotHoldTheStopUp() {
        RunningSimulators simulators = RunningSimulators.on(before, "waybill.simulators.faults.hang=30s");
        CompletableFuture<Answer> hanging = CompletableFuture
                .supplyAsync(() -> simulators.authorize("u", "order", "pm_card_unknown_outcome"));
        await().until(() -> simulators.charges("order").size() == 1);

        Instant start = Instant.now();
        simulators.close();

        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(3));
        assertThat(hanging.join().status()).as("let go, not cut off").isEqualTo(504);
    }

    /** What is on disk at this moment, with the beginning of a line that was being written. */
    private void leaveBooksAsAKillWould() throws IOException {
        for (String book : new String[]{"gateway.jsonl", "carrier.jsonl"}) {
            Files.copy(before.resolve(book), after.resolve(book));
            Files.writeString(after.resolve(book), "{\"entry\":\"charged\",\"requ", StandardOpenOption.APPEND);
        }
    }
}
