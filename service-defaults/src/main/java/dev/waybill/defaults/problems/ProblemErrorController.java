package dev.waybill.defaults.problems;

import dev.waybill.defaults.logging.FaultInLog;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Answers what went wrong outside of the dispatcher but inside the web application: in a filter, say. */
@Hidden
@RestController
class ProblemErrorController implements ErrorController {

    private static final Logger log = LoggerFactory.getLogger(ProblemErrorController.class);

    private final TraceIds traceIds;

    ProblemErrorController(TraceIds traceIds) {
        this.traceIds = traceIds;
    }

    @RequestMapping("${spring.web.error.path:${error.path:/error}}")
    ResponseEntity<ProblemBody> error(HttpServletRequest request) {
        String traceId = traceIds.of(request);
        Object fault = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
        Problem problem;
        if (fault instanceof Problem thrown) {
            problem = thrown;
        } else {
            // Asked for by name rather than dispatched to, this path is one like any other that does not exist.
            int status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code ? code : 404;
            problem = StandardProblems.ofStatus(status, null);
            if (fault instanceof Throwable unexpected && problem.type().status().is5xxServerError()) {
                log.error("A request failed (trace {})", traceId, FaultInLog.of(unexpected));
            }
        }
        return ResponseEntity.status(problem.type().status()).contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(ProblemBody.of(problem, traceId));
    }
}
