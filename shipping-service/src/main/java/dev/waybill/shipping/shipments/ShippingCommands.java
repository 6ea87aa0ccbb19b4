package dev.waybill.shipping.shipments;

import dev.waybill.events.Message;
import dev.waybill.events.ShippingCommand.BookShipment;
import dev.waybill.events.ShippingCommand.CancelShipment;
import dev.waybill.events.ShippingCommand.DispatchShipment;
import dev.waybill.messaging.Subscription;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Which command goes to which use case. */
@Configuration(proxyBeanMethods = false)
class ShippingCommands {

    @Bean
    Subscription shippingCommandSubscription(ShippingDesk desk) {
        return Subscription.named("shipping-commands")
                .prefetching(batch -> desk.prefetch(batch.stream().map(Message::orderId).toList()))
                .on(BookShipment.class, desk::book)
                .on(CancelShipment.class, desk::cancel)
                .on(DispatchShipment.class, desk::dispatch).build();
    }
}
