package dev.waybill.events;

import java.time.Duration;
import java.util.Map;

/**
 * Every topic of the platform, declared here and nowhere else: its name, its partitions and what the broker is told of it.
 * Whoever makes topics makes them from this. Record key: the order id.
 */
public enum Topic {
    ORDER_EVENTS("order.events"), ORDER_COMMANDS("order.commands"),
    INVENTORY_EVENTS("inventory.events"), INVENTORY_COMMANDS("inventory.commands"),
    PAYMENT_EVENTS("payment.events"), PAYMENT_COMMANDS("payment.commands"),
    SHIPPING_EVENTS("shipping.events"), SHIPPING_COMMANDS("shipping.commands"),
    /** Of no one context: what every service says about messages that it has put aside. */
    OPERATIONS_EVENTS("operations.events");

    /** It cannot grow later: a key would move to another partition and lose its order (docs/adr). */
    public static final int PARTITIONS = 12;

    /** The least that a command is kept. A service that is away for longer than that loses commands. */
    public static final Duration COMMANDS_KEPT = Duration.ofDays(7);

    /** The broker drops whole segments, when the newest record of one is past its time. */
    private static final Duration COMMAND_SEGMENT = Duration.ofDays(1);

    /** The most that a command remains on its topic, some minutes apart; inboxes remember messages for longer than that. */
    public static final Duration COMMANDS_REMAIN = COMMANDS_KEPT.plus(COMMAND_SEGMENT);

    /**
     * What the outbox lets through fits in, headers included: a record that is refused would hold up all behind it. Kafka's own
     * default, made sure of.
     */
    private static final int LARGEST_BATCH_BYTES = 1024 * 1024 + 12;

    private final String topicName;

    Topic(String topicName) {
        this.topicName = topicName;
    }

    /** The name on the broker. */
    public String topicName() {
        return topicName;
    }

    /** Command topics expire; event topics keep everything. */
    public boolean carriesCommands() {
        return topicName.endsWith(".commands");
    }

    /** How the broker is to keep it, in the names that Kafka gives to a topic's settings. */
    public Map<String, String> configuration() {
        return carriesCommands()
                ? Map.of(
                        "cleanup.policy", "delete",
                        "retention.ms", Long.toString(COMMANDS_KEPT.toMillis()),
                        "retention.bytes", "-1",
                        "segment.ms", Long.toString(COMMAND_SEGMENT.toMillis()),
                        "max.message.bytes", Integer.toString(LARGEST_BATCH_BYTES))
                : Map.of(
                        "cleanup.policy", "delete",
                        "retention.ms", "-1",
                        "retention.bytes", "-1",
                        "max.message.bytes", Integer.toString(LARGEST_BATCH_BYTES));
    }

    /** Where a message of this kind is published. */
    public static Topic of(Message message) {
        return of(message.getClass());
    }

    /** Where messages of this class, or of this sealed family, are published. */
    public static Topic of(Class<?> type) {
        if (OrderEvent.class.isAssignableFrom(type)) {
            return ORDER_EVENTS;
        } else if (OrderCommand.class.isAssignableFrom(type)) {
            return ORDER_COMMANDS;
        } else if (InventoryEvent.class.isAssignableFrom(type)) {
            return INVENTORY_EVENTS;
        } else if (InventoryCommand.class.isAssignableFrom(type)) {
            return INVENTORY_COMMANDS;
        } else if (PaymentEvent.class.isAssignableFrom(type)) {
            return PAYMENT_EVENTS;
        } else if (PaymentCommand.class.isAssignableFrom(type)) {
            return PAYMENT_COMMANDS;
        } else if (ShippingEvent.class.isAssignableFrom(type)) {
            return SHIPPING_EVENTS;
        } else if (ShippingCommand.class.isAssignableFrom(type)) {
            return SHIPPING_COMMANDS;
        } else if (OperationsEvent.class.isAssignableFrom(type)) {
            return OPERATIONS_EVENTS;
        }
        throw new IllegalArgumentException(type + " has no topic");
    }
}
