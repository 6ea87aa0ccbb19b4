package dev.waybill.simulators.web;

import dev.waybill.simulators.books.BooksUnavailable;
import dev.waybill.simulators.books.KeyReused;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MissingRequestHeaderException;
import org.springframework.web.bind.ServletRequestBindingException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Turns every error, the framework's own included, into {@code application/problem+json} (RFC 9457) with a stable
 * {@code type} and {@code code}; where the body is to blame, {@code errors} says which part of it and why.
 */
@RestControllerAdvice
class ProblemHandler extends ResponseEntityExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemHandler.class);
    private static final Pattern TRACEPARENT = Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}");

    @ExceptionHandler
    ResponseEntity<Object> simulated(ProblemException problem, WebRequest request) {
        return answer(problem.status(), problem.code(), problem.detail(), List.of(), new HttpHeaders(), request);
    }

    @ExceptionHandler
    ResponseEntity<Object> keyReused(KeyReused problem, WebRequest request) {
        return answer(
                HttpStatus.UNPROCESSABLE_CONTENT,
                "IDEMPOTENCY_KEY_REUSED",
                String.valueOf(problem.getMessage()),
                List.of(),
                new HttpHeaders(),
                request);
    }

    @ExceptionHandler
    ResponseEntity<Object> booksUnavailable(BooksUnavailable problem, WebRequest request) {
        return answer(
                HttpStatus.SERVICE_UNAVAILABLE,
                "BOOKS_UNAVAILABLE",
                String.valueOf(problem.getMessage()),
                List.of(),
                new HttpHeaders(),
                request);
    }

    @ExceptionHandler
    ResponseEntity<Object> unexpected(Exception fault, WebRequest request) {
        LOG.error("A request failed", fault);
        return answer(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "INTERNAL_ERROR",
                "The simulator failed; its log says why",
                List.of(),
                new HttpHeaders(),
                request);
    }

    @Override
    protected ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException unreadable,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        if (!(unreadable.getCause() instanceof JacksonException cause)) {
            return answer(status, "BODY_MISSING", "The request needs a JSON body", List.of(), headers, request);
        }
        if (cause instanceof StreamReadException && !(cause instanceof InputCoercionException)) {
            return answer(status, "MALFORMED_JSON", "The body is no JSON", List.of(), headers, request);
        }
        var error = new FieldError(pointerOf(cause), reasonOf(cause));
        return answer(status, "INVALID_BODY", error.detail(), List.of(error), headers, request);
    }

    @Override
    protected ResponseEntity<Object> handleServletRequestBindingException(
            ServletRequestBindingException incomplete,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        if (incomplete instanceof MissingRequestHeaderException missing
                && missing.getHeaderName().equals(IdempotencyKeys.HEADER)) {
            return answer(
                    status,
                    "IDEMPOTENCY_KEY_MISSING",
                    "This call needs the header Idempotency-Key",
                    List.of(),
                    headers,
                    request);
        }
        return Objects.requireNonNull(
                super.handleServletRequestBindingException(incomplete, headers, status, request));
    }

    @Override
    protected ResponseEntity<Object> handleExceptionInternal(
            Exception fault,
            @Nullable Object body,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        String detail = fault instanceof ErrorResponse known ? known.getBody().getDetail() : null;
        String sentence = detail == null ? "The request cannot be answered" : detail;
        return answer(status, codeOf(status), sentence, List.of(), headers, request);
    }

    private static ResponseEntity<Object> answer(
            HttpStatusCode status,
            String code,
            String detail,
            List<FieldError> errors,
            HttpHeaders headers,
            WebRequest request) {
        ProblemDetail problem = problem(status, code, detail, request.getHeader("traceparent"));
        if (!errors.isEmpty()) {
            problem.setProperty("errors", errors);
        }
        var all = new HttpHeaders(headers);
        all.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        return new ResponseEntity<>(problem, all, status);
    }

    static ProblemDetail problem(
            HttpStatusCode status, String code, String detail, @Nullable String traceparent) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(URI.create(typeOf(code)));
        problem.setProperty("code", code);
        Matcher trace = TRACEPARENT.matcher(traceparent == null ? "" : traceparent);
        if (trace.matches()) {
            problem.setProperty("traceId", trace.group(1));
        }
        return problem;
    }

    static String typeOf(String code) {
        return "urn:waybill:problem:" + code.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static String codeOf(HttpStatusCode status) {
        HttpStatus known = HttpStatus.resolve(status.value());
        return known == null ? "STATUS_" + status.value() : known.name();
    }

    /** A JSON pointer (RFC 6901) to what is wrong. */
    private static String pointerOf(JacksonException cause) {
        return cause.getPath().stream()
                .map(step -> step.getPropertyName() == null
                        ? Integer.toString(step.getIndex())
                        : step.getPropertyName().replace("~", "~0").replace("/", "~1"))
                .map(step -> "/" + step).collect(Collectors.joining());
    }

    private static String reasonOf(JacksonException cause) {
        return switch (cause) {
            case UnrecognizedPropertyException unknown -> "There is no field " + unknown.getPropertyName();
            case ValueInstantiationException refused when refused.getCause() instanceof IllegalArgumentException why ->
                String.valueOf(why.getMessage());
            case InvalidFormatException wrong when wrong.getTargetType().isEnum() ->
                "It is one of " + List.of(wrong.getTargetType().getEnumConstants());
            case JacksonException other -> "It cannot be read as what belongs there";
        };
    }

    /** One entry of {@code errors}. */
    record FieldError(String pointer, String detail) {}
}
