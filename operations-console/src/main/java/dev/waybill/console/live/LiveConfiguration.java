package dev.waybill.console.live;

import io.micrometer.observation.ObservationPredicate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.observation.ServerRequestObservationContext;

@Configuration(proxyBeanMethods = false)
class LiveConfiguration {

    /** A stream lasts as long as somebody looks: it would be the slowest request of all, and a remarkable trace. */
    @Bean
    ObservationPredicate streamsAreNotTimed() {
        return (_, context) -> !(context instanceof ServerRequestObservationContext request
                && request.getCarrier() != null
                && LiveController.PATH.equals(request.getCarrier().getRequestURI()));
    }
}
