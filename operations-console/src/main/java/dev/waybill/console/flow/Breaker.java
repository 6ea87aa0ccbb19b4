package dev.waybill.console.flow;

import java.time.Duration;
import java.util.List;

/**
 * How a service gets through to somebody outside. While nobody calls, an open breaker stays open, whatever the other side does; so it hurts
 * only where a call has failed, or was not made, of late.
 *
 * @param other whom it is about
 */
record Breaker(String other, State state) {

    /** As far as the alert looks back; a call without an answer is made again within a minute. */
    private static final Duration LATELY = Duration.ofMinutes(5);

    enum State {
        CLOSED("closed"), OPEN("open"), IDLE("open, and nobody calls");

        private final String words;

        State(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    static List<Breaker> of(ServiceFigures service) {
        return service.gaugesOfAny(Metric.BREAKER).entrySet().stream()
                .map(each -> new Breaker(each.getKey(), state(service, each.getKey(), each.getValue()))).toList();
    }

    private static State state(ServiceFigures service, String other, double open) {
        double inVain = service.grownSoFar(Metric.BREAKER_FAILED, other, LATELY)
                + service.grownSoFar(Metric.BREAKER_SPARED, other, LATELY);
        return open > 0 ? inVain > 0 ? State.OPEN : State.IDLE : State.CLOSED;
    }
}
