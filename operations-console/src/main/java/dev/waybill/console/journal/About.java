package dev.waybill.console.journal;

import org.jspecify.annotations.Nullable;

import java.util.UUID;

/**
 * What an act was about, and where the console shows it.
 *
 * @param order whose page tells of the act too; null where none is known
 */
public record About(Kind kind, String id, @Nullable UUID order) {

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
        return new About(Kind.ORDER, id.toString(), id);
    }

    public static About saga(UUID id) {
        return new About(Kind.SAGA, id.toString(), null);
    }

    /** Of one service: two may have parked messages of the same id. */
    public static About message(String service, UUID id) {
        return new About(Kind.MESSAGE, service + "/" + id, null);
    }

    /** Of things that are treated together. */
    public static About selection(UUID id) {
        return new About(Kind.SELECTION, id.toString(), null);
    }

    /** The same, of an order where that is known. */
    public About of(@Nullable UUID anOrder) {
        return new About(kind, id, anOrder);
    }

    /** The path of its page. */
    public String page() {
        return kind.path + id;
    }
}
