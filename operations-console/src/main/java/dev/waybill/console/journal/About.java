package dev.waybill.console.journal;

import java.util.UUID;

/** What an act was about, and where the console shows it. */
public record About(Kind kind, String id) {

    public enum Kind {
        ORDER("order", "/orders/"), SAGA("saga", "/sagas/"), MESSAGE("message", "/parked/"),
        SELECTION("selection", "/selections/");

        private final String word;
        private final String path;

        Kind(String word, String path) {
            this.word = word;
            this.path = path;
        }

        public String word() {
            return word;
        }
    }

    public static About order(UUID id) {
        return new About(Kind.ORDER, id.toString());
    }

    public static About saga(UUID id) {
        return new About(Kind.SAGA, id.toString());
    }

    /** Of one service: two may have parked messages of the same id. */
    public static About message(String service, UUID id) {
        return new About(Kind.MESSAGE, service + "/" + id);
    }

    /** Of things that are treated together. */
    public static About selection(UUID id) {
        return new About(Kind.SELECTION, id.toString());
    }

    /** The path of its page. */
    public String page() {
        return kind.path + id;
    }
}
