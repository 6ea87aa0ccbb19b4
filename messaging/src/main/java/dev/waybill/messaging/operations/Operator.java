package dev.waybill.messaging.operations;

import dev.waybill.defaults.problems.StandardProblems;
import dev.waybill.messaging.inbox.ParkedAct.By;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** Who makes a request: whoever is logged in; as long as nobody needs to be, who the caller says. */
final class Operator {

    static final String HEADER = "X-Operator";

    private static final String NOBODY_IN_PARTICULAR = "operator";

    private Operator() {}

    static By of(HttpServletRequest request, @Nullable String reason) {
        if (request.getUserPrincipal() != null) {
            return new By(request.getUserPrincipal().getName(), reason);
        }
        String said = request.getHeader(HEADER);
        if (said == null) {
            return new By(NOBODY_IN_PARTICULAR, reason);
        }
        if (!said.matches("\\P{Cntrl}{1,100}") || said.isBlank()) {
            throw StandardProblems.INVALID_REQUEST.because("It cannot be journaled who asks")
                    .atHeader(HEADER, "A name of 1 to 100 characters is wanted here");
        }
        return new By(said, reason);
    }
}
