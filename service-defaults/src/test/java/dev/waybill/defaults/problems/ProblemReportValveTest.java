package dev.waybill.defaults.problems;

import jakarta.servlet.ServletOutputStream;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.core.JacksonException;

import java.io.IOException;

import static org.assertj.core.api.Assertions.assertThat;

/** What fails in the server itself, before any of our code and after all of it. */
@ExtendWith(OutputCaptureExtension.class)
class ProblemReportValveTest {

    private static final String CUSTOMER = "Zebulon Quagmire <zebulon.quagmire@example.com>";

    @Test
    void aFaultIsLoggedAndTheCustomerWhomItQuotesIsNot(CapturedOutput log) {
        new ProblemReportValve().report(new Request(new Connector(), new org.apache.coyote.Request()),
                new NobodyListens(), new IllegalStateException(CUSTOMER, new JacksonException(CUSTOMER) {}));

        assertThat(log).contains("A request failed in the server", "without its words")
                .doesNotContainIgnoringCase("zebulon");
    }

    /** The answer to a request that failed, whose caller has gone. */
    private static final class NobodyListens extends Response {

        NobodyListens() {
            super(new org.apache.coyote.Response());
        }

        @Override
        public int getStatus() {
            return 500;
        }

        @Override
        public boolean setErrorReported() {
            return true;
        }

        @Override
        public void setContentType(String type) {
            // Nobody reads it.
        }

        @Override
        public void setContentLength(int length) {
            // Nobody reads it.
        }

        @Override
        public ServletOutputStream getOutputStream() throws IOException {
            throw new IOException("The connection is closed");
        }
    }
}
