package dev.waybill.probe;

import dev.waybill.probe.Http.Answer;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** Wherever a request fails, its fault is logged and the customer whom that quotes is not. */
@ProbeService
@ExtendWith(OutputCaptureExtension.class)
class FaultsThatQuoteTest {

    @LocalServerPort
    private int port;

    @ParameterizedTest
    @CsvSource({"/quoting/database, 500, DataIntegrityViolationException", "/quoting/busy, 503, BatchUpdateException",
            "/quoting/json, 500, StreamReadException", "/filter/quotes, 500, StreamReadException"})
    void areLoggedWithoutTheirWords(String path, int status, String kind, CapturedOutput log) {
        Answer answer = new Http(port).get(path);

        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.text()).doesNotContainIgnoringCase("zebulon");
        assertThat(log).contains("(trace " + answer.json().get("traceId").asString() + ")", "without its words", kind)
                .doesNotContainIgnoringCase("zebulon");
    }
}
