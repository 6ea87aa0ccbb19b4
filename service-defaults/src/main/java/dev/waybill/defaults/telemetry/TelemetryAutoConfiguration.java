package dev.waybill.defaults.telemetry;

import io.micrometer.tracing.exporter.SpanExportingPredicate;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.micrometer.tracing.autoconfigure.TracingProperties;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

import java.util.Set;

/** What requests leave in logs and traces, and which traces are recorded. */
@AutoConfiguration(before = OpenTelemetryTracingAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
class TelemetryAutoConfiguration {

    private static final Set<String> PROBES = Set.of("/livez", "/readyz");

    /**
     * A caller's wish, or a message's, is followed. A trace that begins here is recorded by the ratio of
     * {@code management.tracing.sampling.probability}, and not at all where its spans are sent nowhere: it would cost, and nobody would see it.
     */
    @Bean
    @ConditionalOnMissingBean
    Sampler sampler(ObjectProvider<SpanExporter> exporters, TracingProperties tracing) {
        return Sampler.parentBased(exporters.stream().findAny().isPresent()
                ? Sampler.traceIdRatioBased(tracing.getSampling().getProbability())
                : Sampler.alwaysOff());
    }

    /** Whoever asks whether a service lives, or reads its metrics, asks all the time: no trace store needs to know. */
    @Bean
    SpanExportingPredicate probesLeaveNoSpan() {
        return span -> {
            String path = span.getTags().getOrDefault("http.url", "");
            return !PROBES.contains(path) && !path.startsWith("/actuator");
        };
    }

    @Bean
    HttpSpanNames httpSpanNames() {
        return new HttpSpanNames();
    }

    @Bean
    WebMvcConfigurer ordersInTelemetry() {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry interceptors) {
                interceptors.addInterceptor(new OrdersInTelemetry());
            }
        };
    }
}
