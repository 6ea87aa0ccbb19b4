package dev.waybill.saga.engine;

import java.util.Map;
import java.util.TreeMap;

/** What has happened over many runs, counted: a danger that never struck proves nothing. */
final class Sightings {

    private final Map<String, Integer> counts = new TreeMap<>();

    void saw(String what) {
        saw(what, 1);
    }

    void saw(String what, int times) {
        counts.merge(what, times, Integer::sum);
    }

    int of(String what) {
        return counts.getOrDefault(what, 0);
    }

    @Override
    public String toString() {
        return counts.toString();
    }
}
