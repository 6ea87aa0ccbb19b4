package dev.waybill.saga.engine;

import java.util.random.RandomGenerator;

/** Loses, doubles, delays and reorders what is sent, as the weather is. */
final class Network {

    private final Weather weather;
    private final RandomGenerator random;
    private final VirtualTime time;
    private final Sightings sightings;

    Network(Weather weather, RandomGenerator random, VirtualTime time, Sightings sightings) {
        this.weather = weather;
        this.random = random;
        this.time = time;
        this.sightings = sightings;
    }

    void send(Runnable delivery) {
        if (random.nextDouble() < weather.loss()) {
            sightings.saw("lost");
        } else {
            time.later(delay(), delivery);
        }
        if (random.nextDouble() < weather.duplicate()) {
            time.later(delay(), delivery);
        }
    }

    private long delay() {
        return random.nextDouble() < weather.slowness() ? random.nextInt(50, 5_000) : random.nextInt(1, 20);
    }
}
