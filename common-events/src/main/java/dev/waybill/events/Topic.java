package dev.waybill.events;

/** Every topic of the platform, declared here and nowhere else. Record key: the order id. */
public enum Topic {
    ORDER_EVENTS("order.events"), ORDER_COMMANDS("order.commands"),
    INVENTORY_EVENTS("inventory.events"), INVENTORY_COMMANDS("inventory.commands"),
    PAYMENT_EVENTS("payment.events"), PAYMENT_COMMANDS("payment.commands"),
    SHIPPING_EVENTS("shipping.events"), SHIPPING_COMMANDS("shipping.commands"),
    /** Of no one context: what every service says about messages that it has put aside. */
    OPERATIONS_EVENTS("operations.events");

    /** It cannot grow later: a key would move to another partition and lose its order (docs/adr). */
    public static final int PARTITIONS = 12;

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
