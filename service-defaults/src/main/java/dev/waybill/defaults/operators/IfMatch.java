package dev.waybill.defaults.operators;

import dev.waybill.defaults.problems.Problem;
import dev.waybill.defaults.problems.ProblemType;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The version that a person looked at and means to change: the {@code ETag} given back (RFC 9110, 13.1.1). */
public final class IfMatch {

    private static final ProblemType MISSING = new ProblemType("version-required", HttpStatus.PRECONDITION_REQUIRED,
            "It has to be said which version is meant");
    private static final ProblemType STALE = new ProblemType("stale-version", HttpStatus.PRECONDITION_FAILED,
            "It is not as it was when it was read");
    private static final Pattern VERSION = Pattern.compile("\"(\\d{1,18})\"");

    private IfMatch() {}

    /** @throws Problem 428 where it is missing, 412 where it is none that we ever gave */
    public static long version(@Nullable String header) {
        if (header == null) {
            throw MISSING.because("Read it, and send its ETag").atHeader(HttpHeaders.IF_MATCH,
                    "This header is missing");
        }
        Matcher version = VERSION.matcher(header);
        if (!version.matches()) {
            throw STALE.because("This is no version of it: read it again, and decide again");
        }
        return Long.parseLong(version.group(1));
    }

    /**
     * Where it may be left out, for callers that mean the thing as it stands, however that is.
     *
     * @return null where nothing is said
     * @throws Problem 412 where it is none that we ever gave
     */
    public static @Nullable Long versionIfGiven(@Nullable String header) {
        return header == null ? null : version(header);
    }

    /** 412: somebody else was faster. */
    public static Problem stale(long version) {
        return STALE.because("It is at version %d: read it again, and decide again".formatted(version));
    }
}
