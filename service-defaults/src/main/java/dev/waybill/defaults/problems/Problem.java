package dev.waybill.defaults.problems;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * A request cannot be answered as was wished, and the caller is told why. It rolls the transaction back. It has no
 * stack trace: it describes the request, not a fault of the program.
 */
public final class Problem extends RuntimeException {

    private final ProblemType type;
    private final transient List<Violation> violations;
    private final @Nullable Duration retryAfter;

    Problem(ProblemType type, String detail) {
        this(type, detail, List.of(), null);
    }

    private Problem(
            ProblemType type, String detail, List<Violation> violations, @Nullable Duration retryAfter) {
        super(detail, null, false, false);
        this.type = type;
        this.violations = violations;
        this.retryAfter = retryAfter;
    }

    /**
     * The same with one more place in the request's body that is to blame.
     *
     * @param pointer a JSON pointer (RFC 6901), {@code /lines/0/sku}
     */
    public Problem at(String pointer, String violation) {
        return with(new Violation(pointer, null, null, violation));
    }

    /** The same with one more query parameter that is to blame. */
    public Problem atParameter(String name, String violation) {
        return with(new Violation(null, name, null, violation));
    }

    /** The same with one more header that is to blame. */
    public Problem atHeader(String name, String violation) {
        return with(new Violation(null, null, name, violation));
    }

    /** The same, and that it is worth while to try again after this time (whole seconds, at least one). */
    public Problem retryAfter(Duration pause) {
        return new Problem(type, detail(), violations, pause);
    }

    public ProblemType type() {
        return type;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }

    List<Violation> violations() {
        return violations;
    }

    @Nullable Duration retryAfter() {
        return retryAfter;
    }

    private Problem with(Violation violation) {
        return new Problem(type, detail(), Stream.concat(violations.stream(), Stream.of(violation)).toList(),
                retryAfter);
    }

    /** One place in the request that is to blame: in the body, or else a parameter or a header. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Violation(
            @Nullable String pointer, @Nullable String parameter, @Nullable String header, String detail) {

        private static final int LONGEST_POINTER = 256;

        Violation {
            if (pointer != null && pointer.length() > LONGEST_POINTER) {
                // Names in it may be the caller's own invention.
                pointer = pointer.substring(0, LONGEST_POINTER) + "…";
            }
        }
    }
}
