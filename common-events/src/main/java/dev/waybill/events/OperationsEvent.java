package dev.waybill.events;

/** What has happened to messages rather than to orders: told by whoever takes them, to whoever waits for what they bring about. */
public sealed interface OperationsEvent extends Event {

    /**
     * A command of a saga cannot be handled for now: it is parked, or waits behind a message that is. It is no answer; that
     * comes once a person has seen to it.
     *
     * @param commandId the command's own id
     * @param service who has parked it, and where a person sees to it: its {@code ce_source}
     */
    @MessageType("dev.waybill.operations.command-parked.v1")
    record CommandParked(OrderId orderId, MessageId commandId, String service) implements OperationsEvent {
        public CommandParked {
            Present.field("orderId", orderId);
            Present.field("commandId", commandId);
            Text.required("A service", service, 100);
        }
    }
}
