package dev.waybill.console.lag;

import dev.waybill.console.live.Sight;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ConsumerSight {

    @Bean
    Sight seenOfConsumers(ConsumersController consumers) {
        return new Sight("/consumers", _ -> consumers.shown());
    }
}
