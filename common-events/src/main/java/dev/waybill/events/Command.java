package dev.waybill.events;

/**
 * Something that one context is asked to do. It is answered by exactly one event of the family {@code A}, whose causation
 * id is the command's message id: also when there is nothing to do, and when it is refused.
 *
 * @param <A> the events that answer it
 */
public sealed interface Command<A extends Event> extends Message
        permits OrderCommand, InventoryCommand, PaymentCommand, ShippingCommand {

    /** The family that answers, at run time. */
    Class<A> answeredBy();
}
