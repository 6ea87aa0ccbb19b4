package dev.waybill.saga.running;

import dev.waybill.events.SagaId;
import dev.waybill.saga.running.RunningSagas.CannotBeMoved;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds the sagas whose deadline has passed. Every replica may run one at any time: each takes what no other has locked,
 * and a deadline that was taken is moved or gone when its lock is. A saga that cannot be moved is said once and passed over
 * from then on, so that it holds up no other.
 */
@Component
class DeadlineSweep {

    private static final Logger LOG = LoggerFactory.getLogger(DeadlineSweep.class);

    private final RunningSagas sagas;
    private final SagaSettings settings;
    private final Set<SagaId> passedOver = ConcurrentHashMap.newKeySet();

    DeadlineSweep(RunningSagas sagas, SagaSettings settings) {
        this.sagas = sagas;
        this.settings = settings;
    }

    /** Works until nothing is due, a transaction at a time. */
    void run() {
        boolean more = true;
        while (more) {
            try {
                more = sagas.timeOut(settings.sweepLimit(), passedOver) == settings.sweepLimit();
            } catch (CannotBeMoved e) {
                passedOver.add(e.saga());
                LOG.atError().addKeyValue("sagaId", e.saga()).setCause(e)
                        .log("The deadline of saga {} has passed, but it cannot be moved", e.saga());
            } catch (RuntimeException e) {
                LOG.warn("Deadlines wait for a fault to pass: {}", e.toString());
                more = false;
            }
        }
    }
}
