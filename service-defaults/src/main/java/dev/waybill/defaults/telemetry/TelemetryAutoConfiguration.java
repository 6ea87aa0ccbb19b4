package dev.waybill.defaults.telemetry;

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

/** What requests leave in logs and traces, and which traces are recorded. */
@AutoConfiguration(before = OpenTelemetryTracingAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
class TelemetryAutoConfiguration {

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
