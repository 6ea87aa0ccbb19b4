package dev.waybill.notification.mails;

import dev.waybill.events.OrderEvent.OrderCancelled;
import dev.waybill.events.OrderEvent.OrderConfirmed;
import dev.waybill.events.OrderEvent.OrderDelivered;
import dev.waybill.events.OrderEvent.OrderPlaced;
import dev.waybill.events.OrderEvent.OrderRejected;
import dev.waybill.events.OrderEvent.OrderShipped;
import dev.waybill.events.PaymentEvent.PaymentRefunded;
import dev.waybill.messaging.Subscription;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Which event goes to which use case. */
@Configuration(proxyBeanMethods = false)
class NotificationEvents {

    @Bean
    Subscription notificationSubscription(TellingCustomers customers) {
        return Subscription.named("notifications")
                .prefetching(customers::prefetch)
                .on(OrderPlaced.class, customers::begin)
                .on(OrderConfirmed.class, customers::tell)
                .on(OrderRejected.class, customers::tell)
                .on(OrderShipped.class, customers::tell)
                .on(OrderDelivered.class, customers::tell)
                .on(OrderCancelled.class, customers::tell)
                .on(PaymentRefunded.class, customers::tellOfRefund)
                .build();
    }
}
