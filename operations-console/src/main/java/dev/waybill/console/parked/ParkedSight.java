package dev.waybill.console.parked;

import dev.waybill.console.live.Sight;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ParkedSight {

    @Bean
    Sight seenOfParkedMessages(ParkedOverview overview) {
        return new Sight("/parked", address -> overview.look(
                new ParkedFilter(address.parameter("service"), address.parameter("subscription"),
                        address.parameter("key"), address.parameter("reason"),
                        Boolean.parseBoolean(address.parameter("waiting"))),
                address.parameter("cursor")));
    }
}
