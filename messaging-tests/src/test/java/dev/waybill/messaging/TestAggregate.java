package dev.waybill.messaging;

import dev.waybill.events.OrderId;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;

import java.util.UUID;

/** The least that an aggregate is. */
@Entity
public class TestAggregate implements Aggregate {

    @Id
    private UUID id = Ids.next();

    @Embedded
    private EventCounter events = new EventCounter();

    OrderId orderId() {
        return new OrderId(id);
    }

    @Override
    public String subject() {
        return "order/" + id;
    }

    @Override
    public EventCounter events() {
        return events;
    }
}
