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
    Subscription shippingCommandSubscription(
            ShippingDesk desk, BookingShipment booking, CancellingShipment cancelling,
            DispatchingShipment dispatching) {
        return Subscription.named("shipping-commands")
                .prefetching(batch -> desk.prefetch(batch.stream().map(Message::orderId).toList()))
                .on(BookShipment.class, booking::book)
                .on(CancelShipment.class, cancelling::cancel)
                .on(DispatchShipment.class, dispatching::dispatch).build();
    }
}
