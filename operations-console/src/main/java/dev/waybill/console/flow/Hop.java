package dev.waybill.console.flow;

import dev.waybill.console.services.Services;

import java.util.List;
import java.util.Set;

/**
 * One way that messages go: from who says them over a topic to the consumer group that handles them.
 *
 * @param steps of sagas that send their commands this way and no other; the time from such a command to its answer is the hop's. Of events, which
 *              nobody answers, it is the time until they are handled
 */
record Hop(String from, String topic, String to, String group, Set<String> steps) {

    private static final String SAGAS = Services.SAGA + ".sagas";
    private static final String MAILS = Services.NOTIFICATION + ".notifications";

    /** Those that an order takes. Who else listens stands with the listener. A step that several services take part in is nobody's. */
    static final List<Hop> ALL = List.of(
            event(Services.ORDER, "order.events", Services.SAGA, SAGAS),
            new Hop(Services.SAGA, "order.commands", Services.ORDER, Services.ORDER + ".order-commands",
                    Set.of("reject order", "end order", "cancel order", "reinstate order", "complete return",
                            "refuse return")),
            new Hop(Services.SAGA, "inventory.commands", Services.INVENTORY, Services.INVENTORY + ".stock",
                    Set.of("reserve stock", "restock")),
            event(Services.INVENTORY, "inventory.events", Services.SAGA, SAGAS),
            new Hop(Services.SAGA, "payment.commands", Services.PAYMENT, Services.PAYMENT + ".payment-commands",
                    Set.of("authorize payment", "capture payment", "refund payment")),
            event(Services.PAYMENT, "payment.events", Services.SAGA, SAGAS),
            new Hop(Services.SAGA, "shipping.commands", Services.SHIPPING, Services.SHIPPING + ".shipping-commands",
                    Set.of("book shipment", "cancel shipment")),
            event(Services.SHIPPING, "shipping.events", Services.SAGA, SAGAS),
            event(Services.ORDER, "order.events", Services.NOTIFICATION, MAILS),
            event(Services.PAYMENT, "payment.events", Services.NOTIFICATION, MAILS));

    private static Hop event(String from, String topic, String to, String group) {
        return new Hop(from, topic, to, group, Set.of());
    }

    /** The service beside which it is drawn: its other end is the orchestrator, or for mails whoever they are about. */
    String beside() {
        if (to.equals(Services.NOTIFICATION)) {
            return to;
        }
        return from.equals(Services.SAGA) ? to : from;
    }

    /** By which the time is told apart that messages take this way, see {@link Metric#HANDLED_SECONDS}. */
    String handling() {
        return "%s %s".formatted(group.substring(group.indexOf('.') + 1), topic);
    }

    String id() {
        return "hop-%s-%s".formatted(topic.replace('.', '-'), to);
    }
}
