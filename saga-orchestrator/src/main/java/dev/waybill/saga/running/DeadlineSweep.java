package dev.waybill.saga.running;

import dev.waybill.defaults.logging.FaultInLog;
import dev.waybill.events.SagaId;
import dev.waybill.messaging.LogFields;
import dev.waybill.saga.running.SagaRunner.CannotBeMoved;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds the sagas whose deadline has passed. Every replica may run one at any time: each takes what no other has locked,
 * and a deadline that was taken is moved or gone when its lock is. A saga that cannot be moved is passed over for some
 * minutes, so that it holds up no other, and then tried and said again.
 */
@Component
class DeadlineSweep {

    private static final Logger LOG = LoggerFactory.getLogger(DeadlineSweep.class);

    private static final Duration PASSED_OVER_FOR = Duration.ofMinutes(5);

    private final RunningSagas sagas;
    private final SagaSettings settings;
    private final Clock clock;
    private final Map<SagaId, Instant> passedOverUntil = new ConcurrentHashMap<>();

    DeadlineSweep(RunningSagas sagas, SagaSettings settings, Clock clock) {
        this.sagas = sagas;
        this.settings = settings;
        this.clock = clock;
    }

    /** Works until nothing is due, a transaction at a time. */
    void run() {
        passedOverUntil.values().removeIf(until -> !until.isAfter(clock.instant()));
        boolean more = true;
        while (more) {
            try {
                more = sagas.timeOut(settings.sweepLimit(), passedOverUntil.keySet()) == settings.sweepLimit();
            } catch (CannotBeMoved e) {
                passedOverUntil.put(e.saga(), clock.instant().plus(PASSED_OVER_FOR));
                LOG.atError().addKeyValue(LogFields.SAGA, e.saga()).setCause(FaultInLog.of(e))
                        .log("The deadline of saga {} has passed, but it cannot be moved", e.saga());
            } catch (RuntimeException e) {
                LOG.warn("Deadlines wait for a fault to pass: {}", FaultInLog.of(e).toString());
                more = false;
            }
        }
    }
}
