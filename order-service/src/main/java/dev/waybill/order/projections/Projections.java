package dev.waybill.order.projections;

import dev.waybill.events.Event;
import dev.waybill.messaging.history.RecordedEvent;
import org.springframework.stereotype.Component;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All projections there are, each taking in what is heard: in the slot that is read, and in the one that is being filled. */
@Component
class Projections {

    private final List<Projection> projections;
    private final Generations generations;

    Projections(List<Projection> projections, Generations generations) {
        this.projections = projections.stream().sorted(Comparator.comparing(Projection::name)).toList();
        this.generations = generations;
    }

    List<Projection> all() {
        return projections;
    }

    Optional<Projection> named(String name) {
        return projections.stream().filter(projection -> projection.name().equals(name)).findFirst();
    }

    /** In the running transaction, during which nothing is swapped. */
    void takeIn(List<RecordedEvent<Event>> events) {
        Map<String, Generations.Generation> held = generations.holdStill();
        for (Projection projection : projections) {
            Generations.Generation generation = held.get(projection.name());
            if (generation == null) {
                throw new IllegalStateException("Projection %s has no slots".formatted(projection.name()));
            }
            projection.apply(generation.slot(), events);
            if (generation.filling()) {
                projection.apply(generation.nextSlot(), events);
            }
        }
    }
}
