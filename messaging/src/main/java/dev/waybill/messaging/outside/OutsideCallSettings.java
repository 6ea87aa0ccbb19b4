package dev.waybill.messaging.outside;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import java.time.Duration;

/**
 * How calls to the outside world are made.
 *
 * @param maxConcurrent so many at a time in one process; more wait
 * @param claim for so long nobody else makes a call that was claimed. Longer than any call can take with its retries; after
 *        a crash it is what passes until another process, or this one started again, takes the call over
 * @param firstPause after the first attempt without an outcome; doubled after each further one, with jitter
 * @param longestPause where the doubling ends
 * @param idlePoll the longest time between two looks for calls that are due
 * @param shutdown so long a stopping process waits for the calls it is making
 */
@ConfigurationProperties("waybill.outside-calls")
record OutsideCallSettings(
        @DefaultValue("32") int maxConcurrent,
        @DefaultValue("15s") Duration claim,
        @DefaultValue("200ms") Duration firstPause,
        @DefaultValue("30s") Duration longestPause,
        @DefaultValue("500ms") Duration idlePoll,
        @DefaultValue("10s") Duration shutdown) {

    OutsideCallSettings {
        if (maxConcurrent < 1) {
            throw new IllegalArgumentException("waybill.outside-calls.max-concurrent is less than 1");
        }
    }

    /**
     * The mean pause after this attempt.
     *
     * @param attempt 1 for the first
     */
    Duration pauseAfter(int attempt) {
        Duration doubled = firstPause.multipliedBy(1L << Math.min(attempt - 1, 20));
        return doubled.compareTo(longestPause) < 0 ? doubled : longestPause;
    }
}
