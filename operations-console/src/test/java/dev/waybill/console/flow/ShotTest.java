package dev.waybill.console.flow;

import dev.waybill.console.lag.ConsumerLag;
import dev.waybill.console.lag.GroupLag;
import dev.waybill.console.parked.StandIns;
import dev.waybill.testing.RealServers;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.util.ReflectionTestUtils;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.awaitility.Awaitility.await;

@SpringBootTest(properties = {
        "waybill.console.consumers.every=1h", "waybill.console.flow.every=1h", "waybill.console.bulk.every=1h",
        "waybill.console.services.read-timeout=3s"})
@AutoConfigureMockMvc
@ContextConfiguration(initializers = {RealServers.class, StandIns.class})
class ShotTest {
    @Autowired
    private MockMvcTester http;
    @Autowired
    private AskingServices services;
    @Autowired
    private ConsumerLag lag;

    private static void tells(String service, String metrics) {
        var stub = get(urlPathEqualTo((service.equals("payment") ? "" : "/" + service) + "/actuator/prometheus"))
                .willReturn(aResponse().withBody(metrics));
        (service.equals("payment") ? StandIns.payment() : StandIns.others()).stubFor(stub);
    }

    private static GroupLag group(String name, int members, String... topics) {
        List<GroupLag.Partition> parts = new ArrayList<>();
        for (String topic : topics) {
            boolean behind = name.contains("payment-c") && bad;
            parts.add(new GroupLag.Partition(new TopicPartition(topic, 0), end - (behind ? 420 : 0), end,
                    Duration.ofSeconds(behind ? 41 : 0)));
        }
        return new GroupLag(name, true, "STABLE",
                members == 0 ? List.of() : List.of(new GroupLag.Member("1", "h", List.of())), parts);
    }

    private static long end = 1000;
    private static boolean bad;

    private void look(Instant at) {
        String[] events = {"order.events", "inventory.events", "payment.events", "shipping.events"};
        ReflectionTestUtils.setField(lag, "latest", new ConsumerLag.Look(at, List.of(
                group("order-service.order-commands", 1, "order.commands"),
                group("order-service.parcels", 1, "shipping.events"),
                group("order-service.order-history", 1, events),
                group("inventory-service.stock", 1, "inventory.commands"),
                group("inventory-service.ended-orders", 1, "order.events"),
                group("payment-service.payment-commands", 1, "payment.commands"),
                group("shipping-service.shipping-commands", bad ? 0 : 1, "shipping.commands"),
                group("saga-orchestrator.sagas", 1, events),
                group("notification-service.notifications", 1, "order.events", "payment.events"))));
    }

    private void round(int n) {
        String common = "outbox_backlog 0\noutbox_oldest_unpublished_age_seconds 0\noutbox_relay_leader 1\nmessages_parked{state=\"PARKED\",subscription=\"x\"} 0\n";
        tells("order", common
                + "order_backlog %d\nhttp_server_requests_seconds_count{method=\"POST\",uri=\"/orders\",status=\"202\"} %d\n"
                        .formatted(12, n)
                + hist("http_server_requests_seconds_bucket{method=\"POST\",uri=\"/orders\",status=\"202\",", n));
        tells("inventory", common);
        tells("shipping", common
                + "outside_calls_open 0\nresilience4j_circuitbreaker_state{name=\"carrier\",state=\"open\"} 0\noutside_call_seconds_count{kind=\"b\"} %d\n"
                        .formatted(n)
                + hist("outside_call_seconds_bucket{kind=\"b\",", n));
        tells("notification",
                common + "outside_calls_open 0\noutside_call_seconds_count{kind=\"b\"} %d\n".formatted(n));
        tells("payment", common.replace("\"x\"} 0", bad ? "\"payment-commands\"} 2" : "\"x\"} 0")
                + "outside_calls_open %d\noutside_calls_oldest_open_age_seconds %d\nresilience4j_circuitbreaker_state{name=\"gateway\",state=\"open\"} %d\noutside_call_seconds_count{kind=\"b\"} %d\n"
                        .formatted(bad ? 31 : 2, bad ? 402 : 1, bad ? 1 : 0, n)
                + hist("outside_call_seconds_bucket{kind=\"b\",", n));
        StringBuilder sagas = new StringBuilder(
                common + "saga_stuck %d\nsaga_overdue 0\nsaga_started_total %d\nsaga_finished_total %d\n"
                        .formatted(bad ? 2 : 0, n, n));
        for (String step : List.of("reserve stock", "authorize payment", "book shipment", "capture payment", "complete",
                "end order")) {
            sagas.append("saga_active{step=\"%s\"} %d\n".formatted(step, step.startsWith("capture") ? 4 : 0));
            sagas.append(hist("saga_step_seconds_bucket{step=\"%s\",".formatted(step), n));
        }
        sagas.append(hist("saga_duration_seconds_bucket{", n));
        tells("saga", sagas.toString());
    }

    private static String hist(String name, int n) {
        return "%sle=\"0.05\"} %d\n%sle=\"0.25\"} %d\n%sle=\"1.0\"} %d\n%sle=\"2.5\"} %d\n%sle=\"+Inf\"} %d\n"
                .formatted(name, n / 3, name, n * 9 / 10, name, n * 98 / 100, name, n, name, n);
    }

    @Test
    void shoot() throws Exception {
        StandIns.reset();
        await().until(() -> !lag.latest().at().equals(Instant.EPOCH));
        round(0);
        look(Instant.now().minusSeconds(8));
        services.look();
        end += 300;
        round(97);
        look(Instant.now());
        await().pollDelay(Duration.ofSeconds(8)).until(() -> true);
        services.look();
        shot("well");
        bad = true;
        StandIns.others().stubFor(get(urlPathEqualTo("/saga/sagas")).willReturn(okJson(
                "{\"items\": [{\"id\": \"0198a2f0-7e1c-7000-8000-000000000001\", \"status\": \"STUCK\", \"step\": \"capture payment\"},{\"id\": \"0198a2f0-7e1c-7000-8000-000000000002\", \"status\": \"STUCK\", \"step\": \"capture payment\"}], \"next\": null}")));
        round(180);
        look(Instant.now());
        StandIns.others().stubFor(
                get(urlPathEqualTo("/inventory/actuator/prometheus")).willReturn(aResponse().withFixedDelay(6000)));
        services.look();
        shot("bad");
    }

    private void shot(String name) throws Exception {
        Files.writeString(Path.of("/tmp/c-flow/shot/" + name + ".html"),
                http.get().uri("/").exchange().getResponse().getContentAsString().replace("/console.css", "console.css")
                        .replaceAll("<script[^>]*></script>", ""));
    }
}
