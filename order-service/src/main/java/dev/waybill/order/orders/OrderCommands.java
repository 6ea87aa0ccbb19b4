package dev.waybill.order.orders;

import dev.waybill.events.OrderCommand.ConfirmOrder;
import dev.waybill.events.OrderCommand.RejectOrder;
import dev.waybill.messaging.Subscription;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class OrderCommands {

    @Bean
    Subscription orderCommandSubscription(SettlingOrders settlingOrders) {
        return Subscription.named("order-commands").prefetching(settlingOrders::prefetch)
                .on(ConfirmOrder.class, settlingOrders::confirm).on(RejectOrder.class, settlingOrders::reject).build();
    }
}
