package dev.waybill.defaults.problems;

import dev.waybill.defaults.logging.FaultInLog;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.MethodParameter;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingRequestHeaderException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.ServletRequestBindingException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import org.springframework.web.util.DisconnectedClientHelper;

import java.util.Objects;

/**
 * Answers whatever is thrown inside the dispatcher: our own problems as they are, the framework's exceptions in the
 * same form, a database that is away with 503, and everything else with a 500 that says nothing but the trace id
 * under which it is logged.
 */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class ProblemHandler extends ResponseEntityExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(ProblemHandler.class);

    private final TraceIds traceIds;

    ProblemHandler(TraceIds traceIds) {
        this.traceIds = traceIds;
    }

    @ExceptionHandler
    ResponseEntity<Object> problem(Problem problem, WebRequest request) {
        return answer(problem, new HttpHeaders(), request);
    }

    @ExceptionHandler
    ResponseEntity<Object> changedMeanwhile(OptimisticLockingFailureException fault, WebRequest request) {
        return answer(
                StandardProblems.CONCURRENT_CHANGE.because("Read it again, and decide again"),
                new HttpHeaders(),
                request);
    }

    @ExceptionHandler
    @Nullable ResponseEntity<Object> unexpected(Throwable fault, WebRequest request) {
        if (DisconnectedClientHelper.isClientDisconnectedException(fault)) {
            return null;
        }
        if (PassingFaults.isOne(fault)) {
            log.warn("The database could not be used (trace {})", traceId(request), FaultInLog.of(fault));
            return answer(StandardProblems.unavailable(), new HttpHeaders(), request);
        }
        log.error("A request failed (trace {})", traceId(request), FaultInLog.of(fault));
        return answer(StandardProblems.internalError(), new HttpHeaders(), request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException fault, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (DisconnectedClientHelper.isClientDisconnectedException(fault)) {
            return null;
        }
        return answer(BodyProblems.of(fault), headers, request);
    }

    @Override
    protected ResponseEntity<Object> handleMethodArgumentNotValid(
            MethodArgumentNotValidException fault, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return answer(BodyProblems.of(fault.getBindingResult().getAllErrors()), headers, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHandlerMethodValidationException(
            HandlerMethodValidationException fault, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (fault.isForReturnValue()) {
            return unexpected(fault, request);
        }
        Problem problem = StandardProblems.INVALID_REQUEST.because("The request does not have all that it should");
        for (var result : fault.getParameterValidationResults()) {
            String name = Objects.requireNonNullElse(result.getMethodParameter().getParameterName(), "");
            for (var error : result.getResolvableErrors()) {
                problem = problem.atParameter(name, String.valueOf(error.getDefaultMessage()));
            }
        }
        return answer(problem, headers, request);
    }

    @Override
    protected ResponseEntity<Object> handleTypeMismatch(
            TypeMismatchException fault, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        String reason = Wanted.reasonOf(fault);
        String violation = reason == null ? Wanted.instead(fault.getRequiredType()) : reason;
        if (!(fault instanceof MethodArgumentTypeMismatchException mismatch)) {
            return answer(StandardProblems.INVALID_REQUEST.because(violation), headers, request);
        }
        MethodParameter parameter = mismatch.getParameter();
        if (parameter.hasParameterAnnotation(PathVariable.class)) {
            // A path that cannot name anything names nothing.
            return answer(StandardProblems.ofStatus(HttpStatus.NOT_FOUND.value(), null), headers, request);
        }
        Problem problem = StandardProblems.INVALID_REQUEST.because("The request does not have the form that it should");
        return answer(
                parameter.hasParameterAnnotation(RequestHeader.class)
                        ? problem.atHeader(mismatch.getName(), violation)
                        : problem.atParameter(mismatch.getName(), violation),
                headers,
                request);
    }

    @Override
    protected ResponseEntity<Object> handleMissingServletRequestParameter(
            MissingServletRequestParameterException fault,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        return answer(
                StandardProblems.INVALID_REQUEST.because("The request does not have all that it should")
                        .atParameter(fault.getParameterName(), "This parameter is missing"),
                headers,
                request);
    }

    @Override
    protected ResponseEntity<Object> handleServletRequestBindingException(
            ServletRequestBindingException fault, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        Problem problem = StandardProblems.INVALID_REQUEST.because("The request does not have all that it should");
        return answer(
                fault instanceof MissingRequestHeaderException missing
                        ? problem.atHeader(missing.getHeaderName(), "This header is missing")
                        : problem,
                headers,
                request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception fault,
            @Nullable Object body,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        if (status.value() == HttpStatus.INTERNAL_SERVER_ERROR.value()) {
            return unexpected(fault, request);
        }
        return answer(StandardProblems.ofStatus(status.value(), detailOf(fault)), headers, request);
    }

    private static @Nullable String detailOf(Exception fault) {
        return switch (fault) {
            case NoHandlerFoundException nothing -> null;
            case NoResourceFoundException nothing -> null;
            case HttpRequestMethodNotSupportedException method ->
                "The method %s is not supported here".formatted(method.getMethod());
            case ErrorResponse response -> response.getBody().getDetail();
            default -> null;
        };
    }

    private ResponseEntity<Object> answer(Problem problem, HttpHeaders headers, WebRequest request) {
        if (problem.retryAfter() != null) {
            headers.set(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, problem.retryAfter().toSeconds())));
        }
        return ResponseEntity.status(problem.type().status()).headers(headers)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON).body(ProblemBody.of(problem, traceId(request)));
    }

    private String traceId(WebRequest request) {
        HttpServletRequest servletRequest = ((NativeWebRequest) request).getNativeRequest(HttpServletRequest.class);
        return traceIds.of(Objects.requireNonNull(servletRequest));
    }
}
