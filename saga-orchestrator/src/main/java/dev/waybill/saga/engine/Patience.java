package dev.waybill.saga.engine;

import java.time.Duration;

/**
 * How long an answer is waited for. Each time it runs out the command is sent again, with the same id, and waited for
 * twice as long, up to a longest wait; after the last attempt the command is given up.
 *
 * @param first how long the first attempt is waited for; positive
 * @param longest no wait is longer than this
 * @param attempts how often the command is sent at most, the first time included; at least 1
 */
public record Patience(Duration first, Duration longest, int attempts) {

    /**
     * Gives up after 27 attempts, two hours: for a step that can be undone. Long, as a gateway that is away, or a service that
     * is down, is no reason to turn a customer away.
     */
    public static final Patience TENTATIVE = new Patience(Duration.ofSeconds(30), Duration.ofMinutes(5), 27);

    /** Calls for a person after twelve attempts, most of an hour: for what has to succeed. An answer is still taken then. */
    public static final Patience PERSISTENT = new Patience(Duration.ofSeconds(30), Duration.ofMinutes(5), 12);

    public Patience {
        if (first.isNegative() || first.isZero()) {
            throw new IllegalArgumentException("A first wait is longer than nothing, not " + first);
        }
        if (longest.compareTo(first) < 0) {
            throw new IllegalArgumentException("The longest wait, %s, is shorter than the first, %s"
                    .formatted(longest, first));
        }
        if (attempts < 1) {
            throw new IllegalArgumentException("There is at least one attempt, not " + attempts);
        }
    }

    /**
     * How long the given attempt is waited for.
     *
     * @param attempt from 1
     */
    public Duration waitAfter(int attempt) {
        Duration wait = first;
        for (int i = 1; i < attempt && wait.compareTo(longest) < 0; i++) {
            wait = wait.multipliedBy(2);
        }
        return wait.compareTo(longest) < 0 ? wait : longest;
    }
}
