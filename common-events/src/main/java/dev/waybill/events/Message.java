package dev.waybill.events;

/** Anything that travels on a topic. All of it is about one order, whose id is the record's key. */
public sealed interface Message permits Command, Event {
    OrderId orderId();
}
