package dev.waybill.order.projections;

import dev.waybill.events.Event;
import dev.waybill.events.Topic;
import dev.waybill.messaging.history.RecordedEvent;

import java.util.List;
import java.util.Set;

/**
 * A view of the past that can be thrown away and made again. It has two slots to write to, and does not know which of them is
 * read. Events may come in any order and any number of times: what is in a slot in the end depends only on which came.
 */
public interface Projection {

    /** A released name: operators ask for a rebuild by it. */
    String name();

    /** Where the events stand that it is made of. */
    Set<Topic> topics();

    /** Takes events in, in the running transaction, in a fixed number of statements. Others are passed over. */
    void apply(int slot, List<RecordedEvent<Event>> events);
}
