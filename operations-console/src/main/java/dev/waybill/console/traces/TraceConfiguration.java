package dev.waybill.console.traces;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.observation.ObservationPredicate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.observation.ServerRequestObservationContext;

@Configuration(proxyBeanMethods = false)
class TraceConfiguration {

    @Bean
    SpanStore spanStore(TraceSettings settings) {
        return new SpanStore(settings.memory().toBytes(), settings.slow());
    }

    @Bean
    MeterBinder traceMetrics(SpanStore store) {
        return registry -> {
            Gauge.builder("console.traces.kept", store, SpanStore::bytes).baseUnit(BaseUnits.BYTES)
                    .description("What the kept spans take, by estimate").register(registry);
            FunctionCounter.builder("console.spans.dropped", store, SpanStore::dropped)
                    .description("Spans that came and are not there any more").register(registry);
        };
    }

    /** A console that sends its own spans here would send one for each request that brings some, for ever. */
    @Bean
    ObservationPredicate bringingSpansLeavesNoSpan() {
        return (_, context) -> !(context instanceof ServerRequestObservationContext request
                && request.getCarrier() != null
                && ReceivingSpans.PATH.equals(request.getCarrier().getRequestURI()));
    }
}
