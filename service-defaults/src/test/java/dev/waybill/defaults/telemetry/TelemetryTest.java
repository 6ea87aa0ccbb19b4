package dev.waybill.defaults.telemetry;

import io.micrometer.tracing.exporter.FinishedSpan;
import io.micrometer.tracing.exporter.SpanExportingPredicate;
import io.micrometer.tracing.otel.bridge.OtelFinishedSpan;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.testing.trace.TestSpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.micrometer.tracing.autoconfigure.TracingProperties;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.http.server.observation.ServerRequestObservationContext;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Which traces are recorded, and what a request's span is called. */
class TelemetryTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    private final WebApplicationContextRunner service = new WebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(TelemetryAutoConfiguration.class))
            .withUserConfiguration(Properties.class)
            .withPropertyValues("management.tracing.sampling.probability=1.0");

    @EnableConfigurationProperties(TracingProperties.class)
    static class Properties {}

    @Test
    void everyTraceIsRecordedWhereSpansAreSentSomewhere() {
        service.withBean(SpanExporter.class, InMemorySpanExporter::create).run(context -> assertThat(
                decision(context.getBean(Sampler.class), Context.root()))
                .isEqualTo(SamplingDecision.RECORD_AND_SAMPLE));
    }

    @Test
    void noneIsWhereTheyAreSentNowhere() {
        service.run(context -> assertThat(decision(context.getBean(Sampler.class), Context.root()))
                .isEqualTo(SamplingDecision.DROP));
    }

    @Test
    void whatACallerOrAMessageHasDecidedIsFollowed() {
        service.withBean(SpanExporter.class, InMemorySpanExporter::create).run(context -> {
            Sampler sampler = context.getBean(Sampler.class);
            assertThat(decision(sampler, under(TraceFlags.getDefault()))).isEqualTo(SamplingDecision.DROP);
            assertThat(decision(sampler, under(TraceFlags.getSampled()))).isEqualTo(SamplingDecision.RECORD_AND_SAMPLE);
        });
    }

    @Test
    void aRequestsSpanIsNamedByItsMethodAndRoute() {
        var context = new ServerRequestObservationContext(new MockHttpServletRequest("POST", "/orders/7/returns"),
                new MockHttpServletResponse());
        context.setPathPattern("/orders/{id}/returns");
        new HttpSpanNames().map(context);
        assertThat(context.getContextualName()).isEqualTo("POST /orders/{id}/returns");
        assertThat(context.getHighCardinalityKeyValues().toString()).contains("http.route", "/orders/{id}/returns",
                "http.response.status_code", "200", "http.request.method", "POST");
        assertThat(context.getLowCardinalityKeyValues()).isEmpty();
    }

    @Test
    void aPathThatNobodyServesIsNoName() {
        var context = new ServerRequestObservationContext(new MockHttpServletRequest("GET", "/Alice/Doe"),
                new MockHttpServletResponse());
        new HttpSpanNames().map(context);
        assertThat(context.getContextualName()).isEqualTo("GET");
    }

    @ParameterizedTest
    @CsvSource({"/livez, false", "/readyz, false", "/actuator/prometheus, false", "/orders, true", "/readyz/x, true"})
    void probesAndWhoReadsTheMetricsLeaveNoSpan(String path, boolean sent) {
        service.run(context -> assertThat(context.getBean(SpanExportingPredicate.class).isExportable(request(path)))
                .isEqualTo(sent));
    }

    @Test
    void whatIsNoRequestLeavesItsSpan() {
        service.run(context -> assertThat(context.getBean(SpanExportingPredicate.class)
                .isExportable(ended(Attributes.empty()))).isTrue());
    }

    private static FinishedSpan request(String path) {
        return ended(Attributes.of(AttributeKey.stringKey("http.url"), path));
    }

    private static FinishedSpan ended(Attributes attributes) {
        return OtelFinishedSpan.fromOtel(TestSpanData.builder().setName("GET").setKind(SpanKind.SERVER)
                .setStatus(StatusData.unset()).setStartEpochNanos(1).setEndEpochNanos(2).setHasEnded(true)
                .setAttributes(attributes).build());
    }

    private static SamplingDecision decision(Sampler sampler, Context parent) {
        return sampler.shouldSample(parent, TRACE, "GET", SpanKind.SERVER, Attributes.empty(), List.of()).getDecision();
    }

    private static Context under(TraceFlags flags) {
        return Context.root().with(Span.wrap(
                SpanContext.createFromRemoteParent(TRACE, "b7ad6b7169203331", flags, TraceState.getDefault())));
    }
}
