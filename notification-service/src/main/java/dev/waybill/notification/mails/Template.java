package dev.waybill.notification.mails;

import dev.waybill.events.Event;
import dev.waybill.events.OrderEvent.OrderCancelled;
import dev.waybill.events.OrderEvent.OrderConfirmed;
import dev.waybill.events.OrderEvent.OrderDelivered;
import dev.waybill.events.OrderEvent.OrderRejected;
import dev.waybill.events.OrderEvent.OrderShipped;
import dev.waybill.events.PaymentEvent.PaymentRefunded;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * What customers are told of: which event, under which subject, and what of it stands in the mail. The texts are in
 * {@code mails/}, by the template's name. The names are released: notifications are stored and shown under them.
 */
enum Template {
    ORDER_CONFIRMED(OrderConfirmed.class, false, "Order %s is confirmed", confirmed -> Map.of()),
    ORDER_REJECTED(OrderRejected.class, true, "Order %s could not be fulfilled",
            rejected -> Map.of("reason", rejected.reason().name())),
    ORDER_SHIPPED(OrderShipped.class, false, "Order %s is on its way",
            shipped -> Map.of("trackingNumber", shipped.trackingNumber())),
    ORDER_DELIVERED(OrderDelivered.class, true, "Order %s was delivered", delivered -> Map.of()),
    ORDER_CANCELLED(OrderCancelled.class, true, "Order %s is cancelled", cancelled -> Map.of()),
    PAYMENT_REFUNDED(PaymentRefunded.class, false, "Your refund for order %s",
            refunded -> Map.of("amount", refunded.amount(), "refunded", refunded.refunded()));

    private final Class<? extends Event> event;
    private final boolean endsTheOrder;
    private final String subject;
    @SuppressWarnings("ImmutableEnumChecker") // a function of its argument alone
    private final Function<Event, Map<String, Object>> particulars;

    <E extends Event> Template(
            Class<E> event, boolean endsTheOrder, String subject, Function<E, Map<String, Object>> particulars) {
        this.event = event;
        this.endsTheOrder = endsTheOrder;
        this.subject = subject;
        this.particulars = said -> particulars.apply(event.cast(said));
    }

    /** @throws IllegalArgumentException for an event that nobody is told of */
    static Template of(Event event) {
        return Arrays.stream(values()).filter(template -> template.event.isInstance(event)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Nobody is told of a " + event.getClass()));
    }

    Class<? extends Event> event() {
        return event;
    }

    /** Whether nothing more happens to an order by itself after that. */
    boolean endsTheOrder() {
        return endsTheOrder;
    }

    String subject(String orderNumber) {
        return subject.formatted(orderNumber);
    }

    /** What of the event stands in the mail, by the names under which the texts know it. */
    Map<String, Object> particulars(Event said) {
        return particulars.apply(said);
    }

    String fileName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
