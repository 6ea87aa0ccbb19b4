package dev.waybill.messaging;

import dev.waybill.events.OrderNumber;
import org.jspecify.annotations.Nullable;

/** Something that says events: their subject and their numbering are its own. */
public interface Aggregate {

    /** {@code ce_subject}: the kind and the id, {@code payment/0198…}. */
    String subject();

    /** The number of the order that it belongs to, if it keeps that itself; else what it says has the one of its cause. */
    default @Nullable OrderNumber orderNumber() {
        return null;
    }

    /** Stored with the aggregate. */
    EventCounter events();
}
