package dev.waybill.simulators.books;

import org.jspecify.annotations.Nullable;

/** One line of a book: something that was decided once and for all. It is a record that survives being written as JSON. */
public interface Entry {

    /** The request that it answers; none where nobody asked with a key, as when a driver scans a parcel. */
    @Nullable Request request();
}
