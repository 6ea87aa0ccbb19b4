package dev.waybill.console.who;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/**
 * Whoever acts, by the name that the journals keep. As a controller's parameter it is who this browser has said to be; where
 * nobody has said it yet, the browser is sent to say it and comes back. An {@code Optional} of it is for pages that only show.
 */
public record Who(String name) {

    static final String COOKIE = "operator";
    static final int LONGEST = 100;

    public Who {
        if (!isName(name)) {
            throw new IllegalArgumentException("No name that can travel in a header");
        }
    }

    /** As it is typed; empty where it is no name. */
    static Optional<Who> of(@Nullable String typed) {
        return Optional.ofNullable(typed).map(String::strip).filter(Who::isName).map(Who::new);
    }

    /** Header fields carry ASCII and nothing else. */
    private static boolean isName(String text) {
        return text.matches("[!-~](?:[ -~]{0,%d}[!-~])?".formatted(LONGEST - 2));
    }
}
