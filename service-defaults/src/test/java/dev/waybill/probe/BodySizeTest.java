package dev.waybill.probe;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

import java.nio.charset.StandardCharsets;

import static dev.waybill.probe.ProblemDetailsTest.problem;
import static org.assertj.core.api.Assertions.assertThat;

@ProbeService
class BodySizeTest {

    private static final int LIMIT = 64 * 1024;
    private static final int TEN_MEGABYTES = 10 * 1024 * 1024;

    @LocalServerPort
    private int port;

    private Http http = new Http(0);

    @BeforeEach
    void connect() {
        http = new Http(port);
    }

    @Test
    void tenMegabytesAreRefusedAndTheCallerIsTold() {
        problem(http.post("/things", thingOf(TEN_MEGABYTES)), 413, "content-too-large");
    }

    @Test
    void tenMegabytesInChunksAreRefusedAndTheCallerIsTold() {
        problem(
                http.postChunked("/things", thingOf(TEN_MEGABYTES).getBytes(StandardCharsets.UTF_8)),
                413,
                "content-too-large");
    }

    @Test
    void limitItselfIsTaken() {
        assertThat(http.post("/things", thingOf(LIMIT)).status()).isEqualTo(200);
        assertThat(http.postChunked("/things", thingOf(LIMIT).getBytes(StandardCharsets.UTF_8)).status())
                .isEqualTo(200);
    }

    @Test
    void oneByteMoreIsNot() {
        problem(http.post("/things", thingOf(LIMIT + 1)), 413, "content-too-large");
        problem(
                http.postChunked("/things", thingOf(LIMIT + 1).getBytes(StandardCharsets.UTF_8)),
                413,
                "content-too-large");
    }

    @Test
    void formsHaveTheSameLimit() {
        var answer = http.send(
                "POST",
                "/things",
                java.net.http.HttpRequest.BodyPublishers.ofString("a=" + "x".repeat(LIMIT)),
                "content-type",
                "application/x-www-form-urlencoded");

        problem(answer, 413, "content-too-large");
    }

    private static String thingOf(int bytes) {
        String thing = "{\"name\": \"a\", \"count\": 1%s}";
        return thing.formatted(" ".repeat(bytes - thing.length() + 2));
    }
}
