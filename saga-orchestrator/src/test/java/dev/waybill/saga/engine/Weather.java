package dev.waybill.saga.engine;

import java.util.random.RandomGenerator;

/**
 * How bad things are in one run, as probabilities for each occasion.
 *
 * @param loss of a message that is sent
 * @param duplicate of a message that is sent
 * @param slowness of a message: it takes longer than a timeout, perhaps than all of them
 * @param refusal of an action
 * @param undoRefusal of the one undo that can be refused
 * @param crash of the orchestrator, at each point at which it can
 * @param stray a message that answers nothing, for each answer
 */
record Weather(
        double loss, double duplicate, double slowness, double refusal, double undoRefusal, double crash,
        double stray) {

    static Weather of(RandomGenerator random) {
        return new Weather(
                oneOf(random, 0, 0, 0.1, 0.4),
                oneOf(random, 0, 0.1, 0.5),
                oneOf(random, 0, 0.1, 0.4, 0.7),
                oneOf(random, 0, 0.05, 0.3),
                oneOf(random, 0, 0, 0.3),
                oneOf(random, 0, 0.05, 0.2),
                oneOf(random, 0, 0.1));
    }

    private static double oneOf(RandomGenerator random, double... values) {
        return values[random.nextInt(values.length)];
    }
}
