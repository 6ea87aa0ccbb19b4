package dev.waybill.defaults.problems;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.waybill.defaults.problems.Problem.Violation;

import java.net.URI;
import java.util.List;

/**
 * A problem as it is written.
 *
 * @param traceId finds the request in logs and traces
 */
@JsonPropertyOrder({"type", "title", "status", "detail", "code", "errors", "traceId"})
record ProblemBody(
        URI type,
        String title,
        int status,
        String detail,
        String code,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Violation> errors,
        String traceId) {

    static ProblemBody of(Problem problem, String traceId) {
        ProblemType type = problem.type();
        return new ProblemBody(
                type.uri(),
                type.title(),
                type.status().value(),
                problem.detail(),
                type.code(),
                problem.violations(),
                traceId);
    }
}
