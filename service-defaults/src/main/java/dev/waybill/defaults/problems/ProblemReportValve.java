package dev.waybill.defaults.problems;

import dev.waybill.defaults.logging.FaultInLog;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Answers what the server refuses before any of our code sees it: a request line that is no request line, a header
 * that is too large, a path that cannot be decoded. It takes the place of Tomcat's own page.
 */
public final class ProblemReportValve extends ErrorReportValve {

    private static final Logger log = LoggerFactory.getLogger(ProblemReportValve.class);
    private static final JsonMapper JSON = JsonMapper.shared();

    @Override
    protected void report(Request request, Response response, @Nullable Throwable fault) {
        if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        String traceId = TraceIds.madeUp();
        if (fault != null && response.getStatus() >= 500) {
            log.error("A request failed in the server (trace {})", traceId, FaultInLog.of(fault));
        }
        Problem problem = StandardProblems.ofStatus(response.getStatus(), null);
        byte[] body = JSON.writeValueAsString(ProblemBody.of(problem, traceId)).getBytes(StandardCharsets.UTF_8);
        try {
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
            response.finishResponse();
        } catch (IOException e) {
            log.debug("The client did not wait for its answer", e);
        }
    }
}
