package dev.waybill.console.orders;

import dev.waybill.console.live.Sight;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class OrderSight {

    @Bean
    Sight seenOfAnOrder(LookingAtOrders looking) {
        return new Sight("/orders/{id}", address -> looking.at(address.id()));
    }
}
