package dev.waybill.console.flow;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Of what a service tells, the map takes what it is made of. */
class ReadingTest {

    @Test
    void countersThatAreNotToldApartAreAddedUp() {
        Reading reading = Told.reading("""
                saga_finished_total{application="saga-orchestrator",outcome="compensated"} 3.0
                saga_finished_total{application="saga-orchestrator",outcome="completed"} 40.0
                saga_step_seconds_bucket{result="done",step="capture payment",le="0.05"} 5
                saga_step_seconds_bucket{result="refused",step="capture payment",le="0.05"} 1
                saga_step_seconds_bucket{result="done",step="reserve stock",le="0.05"} 7
                """);

        assertThat(reading.value(Series.of(Metric.SAGA_FINISHED))).hasValue(43);
        assertThat(reading.value(new Series(Metric.STEP_SECONDS, "capture payment", 0.05))).hasValue(6);
        assertThat(reading.value(new Series(Metric.STEP_SECONDS, "reserve stock", 0.05))).hasValue(7);
    }

    @Test
    void onlyPlacingOrdersCountsAsPlacingAndWhatWasRefusedIsCountedBesides() {
        Reading reading = Told.reading("""
                http_server_requests_seconds_count{method="POST",status="202",uri="/orders"} 10
                http_server_requests_seconds_count{method="POST",status="503",uri="/orders"} 2
                http_server_requests_seconds_count{method="GET",status="503",uri="/orders"} 70
                http_server_requests_seconds_count{method="POST",status="202",uri="/orders/{id}/returns"} 80
                """);

        assertThat(reading.value(Series.of(Metric.PLACING))).hasValue(12);
        assertThat(reading.value(Series.of(Metric.PLACING_REFUSED))).hasValue(2);
    }

    @Test
    void aBreakerIsOpenInEachStateInWhichItHoldsCallsBack() {
        assertThat(Told.reading("""
                resilience4j_circuitbreaker_state{name="gateway",state="closed"} 0.0
                resilience4j_circuitbreaker_state{name="gateway",state="half_open"} 1.0
                resilience4j_circuitbreaker_state{name="gateway",state="open"} 0.0
                resilience4j_circuitbreaker_state{name="carrier",state="closed"} 1.0
                resilience4j_circuitbreaker_state{name="carrier",state="open"} 0.0
                """).all(Metric.BREAKER)).containsEntry("gateway", 1.0).containsEntry("carrier", 0.0);
    }

    @Test
    void thoseThatWaitBehindAParkedMessageAreNotParked() {
        assertThat(Told.reading("""
                messages_parked{state="PARKED",subscription="stock"} 2.0
                messages_parked{state="WAITING_BEHIND",subscription="stock"} 9.0
                """).all(Metric.PARKED)).containsExactlyEntriesOf(Map.of("stock", 2.0));
    }

    @Test
    void whatIsToldApartByTwoThingsIsToldApartByBoth() {
        assertThat(Told.reading("""
                messages_handled_seconds_bucket{subscription="sagas",topic="order.events",le="0.1"} 2.0
                messages_handled_seconds_bucket{subscription="sagas",topic="payment.events",le="0.1"} 3.0
                messages_handled_seconds_bucket{subscription="others",topic="order.events",le="0.1"} 4.0
                """).value(new Series(Metric.HANDLED_SECONDS, "sagas order.events", 0.1))).hasValue(2);
    }

    @Test
    void moreSeriesThanAreKeptAreNotRead() {
        String most = IntStream.range(0, Reading.MOST_SERIES).mapToObj("saga_active{step=\"%d\"} 1\n"::formatted)
                .collect(Collectors.joining());

        assertThat(Told.reading(most).values()).hasSize(Reading.MOST_SERIES);
        assertThatThrownBy(() -> Told.reading(most + "saga_stuck 1")).isInstanceOf(UnreadableMetricsException.class);
    }

    /** As Micrometer names them and as the endpoint leaves out whatever is not asked for. */
    @Test
    void whatIsAskedForByNameIsGiven() {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        registry.counter("saga.started").increment();
        registry.counter("not.wanted").increment();
        registry.gauge("saga.stuck", 2);
        timer(registry, "saga.step", "step", "capture payment");
        timer(registry, "http.server.requests", "method", "POST", "uri", "/orders");

        String given = registry.scrape("text/plain", Set.of(Metric.names().split(",", -1)));

        assertThat(given).doesNotContain("not_wanted");
        Reading reading = Told.reading(given);
        assertThat(reading.value(Series.of(Metric.SAGA_STARTED))).hasValue(1);
        assertThat(reading.value(Series.of(Metric.SAGA_STUCK))).hasValue(2);
        assertThat(reading.value(Series.of(Metric.PLACING))).hasValue(1);
        assertThat(reading.value(new Series(Metric.STEP_SECONDS, "capture payment", 0.25))).hasValue(1);
        assertThat(reading.value(new Series(Metric.STEP_SECONDS, "capture payment", 0.05))).hasValue(0);
    }

    private static void timer(MeterRegistry registry, String name, String... tags) {
        Timer.builder(name).tags(tags).serviceLevelObjectives(Duration.ofMillis(50), Duration.ofMillis(250))
                .register(registry).record(Duration.ofMillis(100));
    }
}
