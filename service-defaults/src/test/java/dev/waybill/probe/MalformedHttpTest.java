package dev.waybill.probe;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

/** Requests that the server itself refuses, before any of our code is asked. */
@ProbeService
@ExtendWith(OutputCaptureExtension.class)
class MalformedHttpTest {

    @LocalServerPort
    private int port;

    static Stream<Arguments> requests() {
        String rest = " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";
        return Stream.of(
                argumentSet("a character that no path has", "GET /things/{" + rest + "\r\n", 400),
                argumentSet("half an escape", "GET /things/%" + rest + "\r\n", 400),
                argumentSet("an escaped slash", "GET /things/..%2f..%2fetc" + rest + "\r\n", 400),
                argumentSet("a path that climbs out", "GET /../../etc/passwd" + rest + "\r\n", 400),
                argumentSet("no request line", "nonsense\r\n\r\n", 400),
                argumentSet("no host", "GET /things HTTP/1.1\r\nConnection: close\r\n\r\n", 400),
                argumentSet("a header that is too large",
                        "GET /things" + rest + "X: " + "x".repeat(20_000) + "\r\n\r\n", 400),
                argumentSet("a request line that is too large", "GET /things/" + "x".repeat(20_000) + rest + "\r\n",
                        400),
                argumentSet("a version that is unknown", "GET /things HTTP/9.9\r\nHost: localhost\r\n\r\n", 505),
                argumentSet("a method that is unknown", "BREW /things" + rest + "\r\n", 405),
                argumentSet("tracing", "TRACE /things" + rest + "\r\n", 405),
                argumentSet("two lengths", "POST /things" + rest + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
                        400),
                argumentSet("a length that is none", "POST /things" + rest + "Content-Length: two\r\n\r\n{}", 400),
                argumentSet("chunks that are none", "POST /things" + rest
                        + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void isAnsweredAsAProblemAndNotLogged(String request, int status, CapturedOutput log) throws IOException {
        String answer = new Http(port).raw(request);

        assertThat(answer).startsWith("HTTP/1.1 " + status)
                .containsIgnoringCase("Content-Type: application/problem+json");
        assertThat(answer).doesNotContain("<html", "Tomcat");
        JsonNode problem = JsonMapper.shared()
                .readTree(answer.substring(answer.indexOf('{'), answer.lastIndexOf('}') + 1));
        assertThat(problem.get("status").asInt()).isEqualTo(status);
        assertThat(log).doesNotContain(" ERROR ", " WARN ");
        assertThat(problem.get("traceId").asString()).matches("[0-9a-f]{32}");
    }
}
