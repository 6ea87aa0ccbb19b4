package dev.waybill.messaging;

import org.jspecify.annotations.Nullable;

/** Something that says events: their subject and their numbering are its own. */
public interface Aggregate {

    /** {@code ce_subject}: the kind and the id, {@code payment/0198…}. */
    String subject();

    /** The name that people have for it, for the log; none where it is known by its id only. */
    default @Nullable String knownAs() {
        return null;
    }

    /** Stored with the aggregate. */
    EventCounter events();
}
