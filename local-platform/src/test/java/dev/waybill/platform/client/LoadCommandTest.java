package dev.waybill.platform.client;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.HashSet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class LoadCommandTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void asManyOrdersAreSentAsTheRateSays() throws InterruptedException {
        try (var services = new FakeServices()) {
            assertThat(load(services, 20, 1)).isZero();

            assertThat(services.bodies()).hasSize(20).allSatisfy(body -> assertThat(body).contains("FILTER-04"));
            assertThat(new HashSet<>(services.keys())).hasSize(20);
        }
        assertThat(lastLine()).contains("total", "sent 20", "accepted 20", "confirmed 20", "rejected 0", "errors 0");
    }

    @Test
    void rejectedOrdersAreCountedAsWhatTheyAre() throws InterruptedException {
        try (var services = new FakeServices().endingWith("REJECTED", "OUT_OF_STOCK")) {
            assertThat(load(services, 5, 1)).isZero();
        }
        assertThat(lastLine()).contains("accepted 5", "confirmed 0", "rejected 5");
    }

    @Test
    void ordersThatAreNotTakenAreErrorsAndTheRunFails() throws InterruptedException {
        try (var services = new FakeServices().answeringOrdersWith(503)) {
            assertThat(load(services, 5, 1)).isEqualTo(1);
        }
        assertThat(out.toString(UTF_8)).contains("sent 5  accepted 0  confirmed 0  rejected 0  errors 5");
        assertThat(lastLine()).contains("5 x 503 Refused: quantity must be positive");
    }

    private int load(FakeServices services, int rate, int seconds) throws InterruptedException {
        return new LoadCommand(services.url(), new PrintStream(out, true, UTF_8)).run(rate, seconds);
    }

    private String lastLine() {
        return out.toString(UTF_8).lines().toList().getLast();
    }
}
