package dev.waybill.order.orders;

import dev.waybill.events.OrderCommand.CancelOrder;
import dev.waybill.events.OrderCommand.CompleteReturn;
import dev.waybill.events.OrderCommand.ConfirmOrder;
import dev.waybill.events.OrderCommand.RefuseReturn;
import dev.waybill.events.OrderCommand.ReinstateOrder;
import dev.waybill.events.OrderCommand.RejectOrder;
import dev.waybill.events.ShippingEvent.ParcelDelivered;
import dev.waybill.events.ShippingEvent.ParcelHandedOver;
import dev.waybill.messaging.Subscription;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class OrderCommands {

    @Bean
    Subscription orderCommandSubscription(SettlingOrders settling, CancellingOrders cancelling,
            ReturningPieces returning) {
        return Subscription.named("order-commands").prefetching(settling::prefetch)
                .on(ConfirmOrder.class, settling::confirm).on(RejectOrder.class, settling::reject)
                .on(CancelOrder.class, cancelling::cancel).on(ReinstateOrder.class, cancelling::reinstate)
                .on(CompleteReturn.class, returning::complete).on(RefuseReturn.class, returning::refuse).build();
    }

    @Bean
    Subscription parcelSubscription(FollowingParcels parcels) {
        return Subscription.named("parcels").prefetching(parcels::prefetch)
                .on(ParcelHandedOver.class, parcels::handedOver).on(ParcelDelivered.class, parcels::delivered).build();
    }
}
