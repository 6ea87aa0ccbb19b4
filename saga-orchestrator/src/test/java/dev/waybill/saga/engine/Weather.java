package dev.waybill.saga.engine;

import java.util.random.RandomGenerator;

/**
 * How bad things are in one run, as probabilities for each occasion.
 *
 * @param loss of a message that is sent
 * @param duplicate of a message that is sent
 * @param slowness of a message: it takes longer than a timeout, perhaps than all of them
 * @param refusal of an action
 * @param hardRefusal of what ought not to be refused: the one undo that can be, and a command after the pivot
 * @param crash of the orchestrator, at each point at which it can
 * @param stray a message that answers nothing, for each answer
 * @param meddling of a person, or of a customer who wants to cancel, at each moment at which they might
 */
record Weather(
        double loss, double duplicate, double slowness, double refusal, double hardRefusal, double crash,
        double stray, double meddling) {

    static Weather of(RandomGenerator random) {
        return new Weather(
                oneOf(random, 0, 0, 0.1, 0.4),
                oneOf(random, 0, 0.1, 0.5),
                oneOf(random, 0, 0.1, 0.4, 0.7),
                oneOf(random, 0, 0.05, 0.3),
                oneOf(random, 0, 0, 0.3),
                oneOf(random, 0, 0.05, 0.2),
                oneOf(random, 0, 0.1),
                oneOf(random, 0, 0, 0.3, 0.8));
    }

    private static double oneOf(RandomGenerator random, double... values) {
        return values[random.nextInt(values.length)];
    }
}
