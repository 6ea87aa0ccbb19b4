package dev.waybill.saga.running;

import org.springframework.stereotype.Component;

/**
 * Finds the sagas whose deadline has passed. Every replica may run one at any time: each takes what no other has locked,
 * and a deadline that was taken is moved or gone when its lock is.
 */
@Component
class DeadlineSweep {

    private final RunningSagas sagas;
    private final SagaSettings settings;

    DeadlineSweep(RunningSagas sagas, SagaSettings settings) {
        this.sagas = sagas;
        this.settings = settings;
    }

    /** Works until nothing is due, a transaction at a time. */
    void run() {
        int moved;
        do {
            moved = sagas.timeOut(settings.sweepLimit());
        } while (moved == settings.sweepLimit());
    }
}
