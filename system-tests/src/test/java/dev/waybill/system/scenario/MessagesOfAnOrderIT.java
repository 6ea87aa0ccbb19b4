package dev.waybill.system.scenario;

import dev.waybill.system.auditor.reading.Addresses.Service;
import dev.waybill.system.driver.KafkaTopic;
import dev.waybill.system.driver.PlacedOrder;
import dev.waybill.system.driver.PlatformTest;
import dev.waybill.system.driver.Waybill;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static dev.waybill.system.scenario.Problems.assertProblem;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What operators are shown of an order's messages, asked of each service, is what stands on the topics: all of it, and to the letter. */
@PlatformTest
@Order(2)
class MessagesOfAnOrderIT {

    private static final String MESSAGES = "/operations/messages";

    private final Waybill waybill;

    MessagesOfAnOrderIT(Waybill waybill) {
        this.waybill = waybill;
    }

    private record Said(String topic, String key, Map<String, String> headers, String payload) {

        String type() {
            return headers.getOrDefault("ce_type", "");
        }
    }

    @Test
    void itIsEverythingThatStandsOnTheTopicsWithItsHeadersAndItsPayload() {
        PlacedOrder order = waybill.order("FILTER-04", 1).by("message-reader").mailedTo("reader@example.com").place();
        assertThat(order.end()).hasToString("CONFIRMED");
        order.isDispatched();

        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            Set<Said> shown = shown(order);
            assertThat(shown).extracting(Said::type).contains("dev.waybill.shipping.shipment-dispatched.v1",
                    "dev.waybill.inventory.stock-committed.v1", "dev.waybill.order.confirmed.v1");
            assertThat(shown).isEqualTo(published(order));
        });

        Set<Said> shown = shown(order);
        Set<String> ids = shown.stream().map(said -> said.headers().get("ce_id")).collect(Collectors.toSet());
        assertThat(shown).filteredOn(said -> said.headers().containsKey("ce_causationid"))
                .allSatisfy(said -> assertThat(ids).contains(said.headers().get("ce_causationid")));
        assertThat(shown).filteredOn(said -> said.type().equals("dev.waybill.order.placed.v1")).singleElement()
                .satisfies(said -> assertThat(said.payload()).contains("reader@example.com"));
    }

    private Set<Said> shown(PlacedOrder order) {
        Set<Said> all = new HashSet<>();
        for (Service service : Service.values()) {
            List<JsonNode> items = waybill.get(service, MESSAGES + "?limit=100&key=" + order.id()).json().path("items")
                    .valueStream().toList();
            assertThat(items).as("published by %s", service)
                    .allSatisfy(item -> assertThat(item.path("published").asBoolean()).isTrue());
            items.forEach(item -> all.add(new Said(item.path("topic").asString(), item.path("key").asString(),
                    item.path("headers").propertyStream()
                            .collect(Collectors.toMap(Map.Entry::getKey, header -> header.getValue().asString())),
                    item.path("payload").asString())));
        }
        return all;
    }

    private Set<Said> published(PlacedOrder order) {
        return Stream.of("order", "inventory", "payment", "shipping")
                .flatMap(context -> Stream.of(context + ".events", context + ".commands"))
                .flatMap(topic -> new KafkaTopic(waybill.addresses(), topic).records().stream())
                .filter(record -> order.id().equals(record.key())).map(record -> {
                    Map<String, String> headers = new TreeMap<>();
                    record.headers().forEach(header -> headers.put(header.key(), new String(header.value(), UTF_8)));
                    return new Said(record.topic(), record.key(), headers, new String(record.value(), UTF_8));
                }).collect(Collectors.toSet());
    }

    @Test
    void whatCannotBeUnderstoodIsRefused() {
        for (Service service : Service.values()) {
            assertProblem(waybill.look(service, MESSAGES), 400);
            assertProblem(waybill.look(service, MESSAGES + "?key=%20"), 400);
            assertProblem(waybill.look(service, MESSAGES + "?key=x&cursor=bm90IG91cnM"), 400);
            assertProblem(waybill.look(service, MESSAGES + "?key=x&limit=0"), 400);
            assertThat(waybill.get(service, MESSAGES + "?key=nobodys").json().path("items")).isEmpty();
        }
    }
}
