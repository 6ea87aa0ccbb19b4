package dev.waybill.inventory.stock;

import dev.waybill.events.InventoryCommand;
import dev.waybill.events.InventoryCommand.CommitStock;
import dev.waybill.events.InventoryCommand.ReleaseStock;
import dev.waybill.events.InventoryCommand.ReserveStock;
import dev.waybill.events.InventoryCommand.Restock;
import dev.waybill.messaging.Subscription;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Which command goes to which use case. */
@Configuration(proxyBeanMethods = false)
class StockCommands {

    @Bean
    Subscription stockSubscription(ReservingStock stock) {
        return Subscription.named("stock")
                .on(ReserveStock.class, stock::reserve)
                .on(ReleaseStock.class, stock::release)
                .on(CommitStock.class, stock::commit)
                .on(Restock.class, stock::restock)
                .prefetching(batch -> stock.prefetch(batch.stream()
                        .<InventoryCommand<?>>map(message -> (InventoryCommand<?>) message).toList()))
                .build();
    }
}
