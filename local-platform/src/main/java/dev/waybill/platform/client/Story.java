package dev.waybill.platform.client;

import tools.jackson.databind.JsonNode;

import java.io.PrintStream;
import java.util.HashSet;
import java.util.Set;

/** Tells what happens to an order as it happens, a sentence each, with the time since it was placed. */
final class Story {

    private final Services services;
    private final PrintStream out;
    private final Set<String> told = new HashSet<>();
    private final long began = System.nanoTime();

    Story(Services services, PrintStream out) {
        this.services = services;
        this.out = out;
    }

    void tell(String sentence) {
        out.println("%7.3f s  %s".formatted((double) (System.nanoTime() - began) / 1e9, sentence));
    }

    /**
     * What the order's timeline has that was not told yet. It stands in causal order, so what comes late may belong further up:
     * it is told when it is known.
     *
     * @return how much that was
     */
    int tellNews(String timeline) throws InterruptedException {
        int news = 0;
        for (JsonNode entry : services.get(timeline).body().path("items")) {
            String what = "%s %s %s".formatted(entry.path("context").asString(""), entry.path("type").asString(""),
                    entry.path("sequence").asString(""));
            if (told.add(what)) {
                tell("  %-10s %s".formatted(entry.path("context").asString(""), entry.path("title").asString("")));
                news++;
            }
        }
        return news;
    }
}
