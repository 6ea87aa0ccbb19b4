package dev.waybill.console;

import dev.waybill.defaults.problems.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Component;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.util.DisconnectedClientHelper;

import java.util.Map;
import java.util.Objects;

/** Shows what goes wrong as a page to whoever asks for pages. Everybody else gets it as problem+json, as from any service. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
class ProblemPages implements HandlerExceptionResolver {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemPages.class);

    private record Shown(HttpStatusCode status, String title, String detail) {}

    @Override
    public @Nullable ModelAndView resolveException(HttpServletRequest request, HttpServletResponse response,
            @Nullable Object handler, Exception fault) {
        String accepted = Objects.requireNonNullElse(request.getHeader(HttpHeaders.ACCEPT), "");
        if (!accepted.contains("text/html") || DisconnectedClientHelper.isClientDisconnectedException(fault)) {
            return null;
        }
        Shown shown = shown(fault);
        if (shown.status().is5xxServerError() && !(fault instanceof Problem)) {
            LOG.error("A page could not be shown", fault);
        }
        var page = new ModelAndView("problem", Map.of("title", shown.title(), "detail", shown.detail()));
        page.setStatus(shown.status());
        return page;
    }

    private static Shown shown(Exception fault) {
        return switch (fault) {
            case Problem problem ->
                new Shown(problem.type().status(), problem.type().title(), problem.detail());
            case MethodArgumentTypeMismatchException path when path.getParameter()
                    .hasParameterAnnotation(PathVariable.class) ->
                nothingHere();
            case TypeMismatchException value ->
                new Shown(HttpStatus.BAD_REQUEST, "This cannot be read",
                        "A value in the address has not the form it should");
            case ErrorResponse known when known.getStatusCode().value() == 404 -> nothingHere();
            case ErrorResponse known when known.getStatusCode().is4xxClientError() ->
                new Shown(known.getStatusCode(), Objects.requireNonNullElse(known.getBody().getTitle(), "Refused"),
                        Objects.requireNonNullElse(known.getBody().getDetail(), ""));
            case DataAccessResourceFailureException away -> databaseAway();
            case TransientDataAccessException busy -> databaseAway();
            case CannotCreateTransactionException away -> databaseAway();
            default -> new Shown(HttpStatus.INTERNAL_SERVER_ERROR, "The console has failed",
                    "This is a fault of the console itself, and its log says more");
        };
    }

    private static Shown nothingHere() {
        return new Shown(HttpStatus.NOT_FOUND, "There is nothing here", "No page has this address");
    }

    private static Shown databaseAway() {
        return new Shown(HttpStatus.SERVICE_UNAVAILABLE, "The console's database is away",
                "What the console itself keeps, its journal among it, cannot be read or written at the moment, so nothing is done "
                        + "that would have to be written down. Try again");
    }
}
