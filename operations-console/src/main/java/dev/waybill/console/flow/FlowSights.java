package dev.waybill.console.flow;

import dev.waybill.console.live.Sight;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class FlowSights {

    @Bean
    Sight seenOfTheFlow(Drawing drawing) {
        return new Sight("/", _ -> drawing.now().asOf(""));
    }

    @Bean
    Sight seenOfWaits(WaitsController waits) {
        return new Sight("/waits", address -> waits.of(address.parameter("service"), address.parameter("cursor")));
    }
}
