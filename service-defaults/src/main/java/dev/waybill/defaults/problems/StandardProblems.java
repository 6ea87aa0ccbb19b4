package dev.waybill.defaults.problems;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

import java.time.Duration;

/** The problems that every service has. */
public final class StandardProblems {

    /** The body cannot be read as JSON at all. */
    public static final ProblemType MALFORMED_BODY = ProblemType.badRequest("malformed-body",
            "The body cannot be read");

    /** The request can be read, and something in it is not as the description of the interface says. */
    public static final ProblemType INVALID_REQUEST = ProblemType.badRequest("invalid-request",
            "The request is not valid");

    /** Somebody else changed the same thing at the same time. */
    public static final ProblemType CONCURRENT_CHANGE = ProblemType.conflict("concurrent-change",
            "It was changed at the same time");

    static final ProblemType UNAVAILABLE = ProblemType.of(HttpStatus.SERVICE_UNAVAILABLE);

    private StandardProblems() {}

    /** More was sent than is taken. */
    public static Problem bodyTooLarge(long maxBytes) {
        return ProblemType.of(HttpStatus.CONTENT_TOO_LARGE)
                .because("The body is larger than the %d bytes that are taken".formatted(maxBytes));
    }

    static Problem internalError() {
        return ProblemType.of(HttpStatus.INTERNAL_SERVER_ERROR)
                .because("Something went wrong on our side; the trace id names it in our logs");
    }

    static Problem unavailable() {
        return UNAVAILABLE.because("The service cannot do this right now; try again").retryAfter(Duration.ofSeconds(1));
    }

    /** What a status alone says. */
    static Problem ofStatus(int code, @Nullable String detail) {
        HttpStatus status = HttpStatus.resolve(code);
        if (status == null || status == HttpStatus.INTERNAL_SERVER_ERROR || !status.isError()) {
            return internalError();
        }
        return ProblemType.of(status).because(detail == null || detail.isBlank() ? describe(status) : detail);
    }

    private static String describe(HttpStatus status) {
        return switch (status) {
            case BAD_REQUEST -> "The request cannot be understood";
            case NOT_FOUND -> "There is nothing here";
            case METHOD_NOT_ALLOWED -> "This method is not supported here";
            case CONTENT_TOO_LARGE -> "The body is larger than what is taken";
            case URI_TOO_LONG, REQUEST_HEADER_FIELDS_TOO_LARGE ->
                "The request's first lines are larger than what is taken";
            default -> status.getReasonPhrase();
        };
    }
}
