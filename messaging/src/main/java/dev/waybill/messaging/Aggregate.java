package dev.waybill.messaging;

/** Something that says events: their subject and their numbering are its own. */
public interface Aggregate {

    /** {@code ce_subject}: the kind and the id, {@code payment/0198…}. */
    String subject();

    /** Stored with the aggregate. */
    EventCounter events();
}
