package dev.waybill.defaults.problems;

import org.springframework.http.HttpStatus;

import java.net.URI;
import java.util.Locale;

/**
 * A kind of problem that a caller can tell from others: declared once as a constant, thrown as often as it occurs.
 * Code and title belong together and do not vary from one occurrence to the next (RFC 9457, 3.1.3); what varies is
 * the detail.
 *
 * @param code lower-case words with hyphens; a released name, on which programs rely
 * @param title the same in one sentence, for people
 */
public record ProblemType(String code, HttpStatus status, String title) {

    private static final String BASE = "https://waybill.dev/problems/";

    public static ProblemType badRequest(String code, String title) {
        return new ProblemType(code, HttpStatus.BAD_REQUEST, title);
    }

    public static ProblemType forbidden(String code, String title) {
        return new ProblemType(code, HttpStatus.FORBIDDEN, title);
    }

    public static ProblemType notFound(String code, String title) {
        return new ProblemType(code, HttpStatus.NOT_FOUND, title);
    }

    public static ProblemType conflict(String code, String title) {
        return new ProblemType(code, HttpStatus.CONFLICT, title);
    }

    /** The request is well-formed, but cannot be done as it stands. */
    public static ProblemType unprocessable(String code, String title) {
        return new ProblemType(code, HttpStatus.UNPROCESSABLE_CONTENT, title);
    }

    public static ProblemType unavailable(String code, String title) {
        return new ProblemType(code, HttpStatus.SERVICE_UNAVAILABLE, title);
    }

    /** What HTTP itself has a name for, like {@code method-not-allowed}. */
    static ProblemType of(HttpStatus status) {
        String code = status.getReasonPhrase().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        return new ProblemType(code, status, status.getReasonPhrase());
    }

    /** Identifies the kind for ever. */
    public URI uri() {
        return URI.create(BASE + code);
    }

    /**
     * One occurrence, to be thrown.
     *
     * @param detail what the caller can do something about; nothing internal
     */
    public Problem because(String detail) {
        return new Problem(this, detail);
    }
}
