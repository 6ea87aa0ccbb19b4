package dev.waybill.inventory.stock;

import dev.waybill.events.Message;
import dev.waybill.events.OrderEvent.OrderCancelled;
import dev.waybill.events.OrderEvent.OrderRejected;
import dev.waybill.messaging.Subscription;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Hears which orders have ended without being fulfilled. */
@Configuration(proxyBeanMethods = false)
class EndedOrders {

    @Bean
    Subscription endedOrdersSubscription(ReleasingLeftHolds holds) {
        return Subscription.named("ended-orders")
                .on(OrderCancelled.class, event -> holds.orderEnded(event.orderId()))
                .on(OrderRejected.class, event -> holds.orderEnded(event.orderId()))
                .prefetching(batch -> holds.prefetch(batch.stream().map(Message::orderId).toList())).build();
    }
}
