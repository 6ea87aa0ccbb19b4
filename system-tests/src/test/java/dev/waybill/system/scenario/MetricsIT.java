package dev.waybill.system.scenario;

import dev.waybill.system.auditor.reading.Addresses.Service;
import dev.waybill.system.driver.PlatformTest;
import dev.waybill.system.driver.Waybill;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What dashboards and alerts are built upon: the running services have these metrics, under these names and labels. */
@PlatformTest
@Tag("long")
@Order(1)
class MetricsIT {

    private static final Pattern SAMPLE = Pattern.compile("(?m)^(\\w+)\\{(.*)} \\S+$");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    private final Waybill waybill;

    MetricsIT(Waybill waybill) {
        this.waybill = waybill;
    }

    /** Counters too, though nothing was doubled or parked: a rate needs a value before the first. */
    @ParameterizedTest
    @EnumSource
    void everyServiceTellsOfItsOutboxAndInbox(Service service) throws IOException {
        assertThat(metrics(service)).contains(
                "outbox_backlog", "outbox_oldest_unpublished_age_seconds", "outbox_relay_leader",
                "outbox_published_total", "outbox_publish_seconds_count",
                "outbox_gap_age_seconds", "outbox_oldest_writer_age_seconds", "outbox_partitions_ahead",
                "inbox_duplicates_total{subscription}", "inbox_partitions_ahead",
                "messages_parked{state,subscription}", "message_faults_total{subscription}",
                "messages_unknown_type_total{subscription}", "subscription_paused{subscription}",
                "messages_sequence_gaps_total{subscription}", "messages_sequence_inversions_total{subscription}",
                "messages_handled_seconds_bucket{le,subscription,topic}",
                "messages_handled_seconds_count{subscription,topic}");
    }

    @Test
    void theOrchestratorTellsOfItsSagas() {
        assertThat(waybill.order("FILTER-04", 1).place().end()).hasToString("CONFIRMED");
        await().untilAsserted(() -> assertThat(metrics(Service.SAGA)).contains(
                "saga_started_total", "saga_finished_total{outcome}", "saga_active{step}", "saga_stuck",
                "saga_duration_seconds_bucket{le,outcome}", "saga_duration_seconds_count{outcome}",
                "saga_step_seconds_bucket{le,result,step}", "saga_step_seconds_count{result,step}"));
    }

    @Test
    void theOrderServiceTellsOfItsOrders() {
        assertThat(waybill.order("FILTER-04", 1).place().end()).hasToString("CONFIRMED");
        await().untilAsserted(() -> assertThat(metrics(Service.ORDER)).contains(
                "orders_placed_total", "orders_confirmed_total", "orders_rejected_total{reason}",
                "orders_cancelled_total", "orders_confirmed_amount_minor_total{currency}", "order_backlog",
                "http_server_requests_seconds_bucket{error,exception,le,method,outcome,status,uri}"));
    }

    @ParameterizedTest
    @EnumSource(names = {"PAYMENT", "SHIPPING"})
    void whoCallsOutsideTellsOfItsCalls(Service service) {
        assertThat(waybill.order("FILTER-04", 1).place().end()).hasToString("CONFIRMED");
        await().untilAsserted(() -> assertThat(metrics(service)).contains("outside_calls_open",
                "outside_calls_oldest_open_age_seconds",
                "outside_call_seconds_bucket{error,kind,le,result}",
                "outside_call_seconds_count{error,kind,result}"));
    }

    /** Alerts ring for expected groups only: a subscription whose group is not on the console's list could fall behind without a word. */
    @ParameterizedTest
    @EnumSource
    void theGroupOfEverySubscriptionIsExpected(Service service) throws IOException {
        Set<String> groups = samples(waybill.addresses().of(service), "subscription_paused").map(labels -> "%s.%s"
                .formatted(service.process(), labels.get("subscription"))).collect(toSet());
        assertThat(groups).isNotEmpty();

        await().untilAsserted(() -> assertThat(samples(waybill.addresses().console(), "kafka_consumergroup_expected 1")
                .map(labels -> labels.get("consumergroup"))).containsAll(groups));
    }

    /** @param metric its name; with a value behind it only samples of that value */
    private Stream<Map<String, String>> samples(URI process, String metric) throws IOException {
        String[] wanted = metric.split(" ", -1);
        String page = waybill.http().get(process.resolve("/actuator/prometheus")).body();
        return Pattern.compile("(?m)^%s\\{(.*)} %s".formatted(wanted[0], wanted.length > 1 ? wanted[1] : ""))
                .matcher(page)
                .results().map(sample -> LABEL.matcher(sample.group(1)).results()
                        .collect(toMap(label -> label.group(1), label -> label.group(2))));
    }

    /** Each with the names of its labels, besides the one that all have: whose it is. */
    private Set<String> metrics(Service service) throws IOException {
        String page = waybill.http().get(waybill.addresses().of(service).resolve("/actuator/prometheus")).body();
        return SAMPLE.matcher(page).results()
                .filter(sample -> sample.group(2).contains("application=\"" + service.process() + "\""))
                .map(MetricsIT::name).collect(toSet());
    }

    private static String name(MatchResult sample) {
        String labels = LABEL.matcher(sample.group(2)).results().map(label -> label.group(1))
                .filter(label -> !label.equals("application")).sorted().collect(joining(","));
        return labels.isEmpty() ? sample.group(1) : "%s{%s}".formatted(sample.group(1), labels);
    }
}
