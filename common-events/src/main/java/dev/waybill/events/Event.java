package dev.waybill.events;

/** Something that has happened, told by the context that decided it. The answer to a command is an event. */
public sealed interface Event extends Message
        permits
        OrderEvent,
        InventoryEvent,
        PaymentEvent,
        ShippingEvent,
        OperationsEvent {}
