package dev.waybill.defaults.operators;

import dev.waybill.defaults.problems.StandardProblems;
import jakarta.servlet.http.HttpServletRequest;

/** Who makes a request: whoever is logged in; as long as nobody needs to be, who the caller says. */
public final class Operator {

    public static final String HEADER = "X-Operator";

    private static final String NOBODY_IN_PARTICULAR = "operator";

    private Operator() {}

    /**
     * The name to be journaled.
     *
     * @throws dev.waybill.defaults.problems.Problem 400 where it is none that can be
     */
    public static String nameOf(HttpServletRequest request) {
        if (request.getUserPrincipal() != null) {
            return request.getUserPrincipal().getName();
        }
        String said = request.getHeader(HEADER);
        if (said == null) {
            return NOBODY_IN_PARTICULAR;
        }
        if (!said.matches("\\P{Cntrl}{1,100}") || said.isBlank()) {
            throw StandardProblems.INVALID_REQUEST.because("It cannot be journaled who asks")
                    .atHeader(HEADER, "A name of 1 to 100 characters is wanted here");
        }
        return said;
    }
}
