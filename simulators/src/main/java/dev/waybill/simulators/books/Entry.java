package dev.waybill.simulators.books;

import org.jspecify.annotations.Nullable;

/**
 * One line of a book: something that was decided once and for all. It is a record that survives being written as JSON, and
 * is found again by what it answers, by what it happened to, and by its order.
 */
public interface Entry {

    /** The request that it answers; none where nobody asked with a key, as when a driver scans a parcel. */
    default @Nullable Request request() {
        return null;
    }

    /** What it happened to; none where nothing happened. */
    default @Nullable String subject() {
        return null;
    }

    /** The order that it belongs to; none where nothing happened. */
    default @Nullable String orderId() {
        return null;
    }
}
