package dev.waybill.console.live;

/**
 * A page that keeps itself up to date: each page that does has a bean of it.
 *
 * @param path pattern of the address under which the page's part is fetched, {@code /orders/{id}}
 * @param look takes a look at all that stands on the part
 */
public record Sight(String path, Look look) {

    /** One look. Words like <i>3 s ago</i> are no part of it, as a page counts time by itself. */
    @FunctionalInterface
    public interface Look {

        /**
         * @return what the page would show now, with a text by which it can be told from what it showed before, as records have. What
         *         is thrown is something that a page shows, too
         */
        Object at(Address address);
    }
}
