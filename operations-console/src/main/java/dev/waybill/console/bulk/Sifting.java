package dev.waybill.console.bulk;

import dev.waybill.console.Spoken;
import dev.waybill.console.services.Answer;
import dev.waybill.console.services.Listing;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Reads lists of services, page by page, for one selection: so many rows of each list and no more, and all lists together within one
 * time, counted from the beginning. Services are asked on threads of their own, so the time is that of the slowest. A page that was asked for
 * in time is waited for, as any page is.
 */
public final class Sifting {

    private final int mostRead;
    private final Duration looksFor;
    private final long until;

    Sifting(int mostRead, Duration looksFor) {
        this.mostRead = mostRead;
        this.looksFor = looksFor;
        this.until = System.nanoTime() + looksFor.toNanos();
    }

    /**
     * Shows each row of a list to somebody who says whether there is need of more.
     *
     * @param page by its cursor
     * @return why the list could not be read as far as it was needed; null where it was
     */
    public <T> @Nullable String read(
            Function<@Nullable String, Answer<Listing<T>>> page, Predicate<? super T> wantsMore) {
        String cursor = null;
        int read = 0;
        do {
            if (read >= mostRead) {
                return "There are more than the %d that are read for a selection: narrow what is looked for"
                        .formatted(mostRead);
            } else if (System.nanoTime() - until >= 0) {
                return "It could not be read within %s: narrow what is looked for".formatted(Spoken.duration(looksFor));
            }
            Answer<Listing<T>> answer = page.apply(cursor);
            Listing<T> found = answer.found();
            if (found == null) {
                return Objects.requireNonNullElse(answer.words(), "It has no such list");
            }
            for (T row : found.items()) {
                if (!wantsMore.test(row)) {
                    return null;
                }
            }
            read += found.items().size();
            cursor = found.next();
        } while (cursor != null);
        return null;
    }
}
