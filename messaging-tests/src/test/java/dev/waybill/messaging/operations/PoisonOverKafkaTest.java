package dev.waybill.messaging.operations;

import dev.waybill.events.Envelope.Header;
import dev.waybill.events.OrderId;
import dev.waybill.events.Topic;
import dev.waybill.messaging.Ids;
import dev.waybill.testing.TestServers;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import tools.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import static dev.waybill.messaging.operations.OrderService.confirm;
import static dev.waybill.messaging.operations.OrderService.send;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Poison of each kind on one partition of a real topic, in between good messages. */
@OperationsTest
class PoisonOverKafkaTest {

    private static final String TYPE = "dev.waybill.order.confirm.v1";
    @Autowired
    private Operations operations;
    @Value("${waybill.messaging.group-prefix}.order-commands")
    private String group;

    /** What is parked in one test is no sign of anything in another. */
    @BeforeEach
    @AfterEach
    void letTheWindowPass() {
        OrderService.MINUTES_AHEAD.addAndGet(2);
    }

    @Test
    void poisonOfEachKindStopsNoOtherKeyAndIsHandledInItsOrderOnceItIsRepaired() {
        Map<OrderId, List<UUID>> sent = new LinkedHashMap<>();
        List<UUID> good = new ArrayList<>();
        OrderId other = operations.order();
        for (Poison poison : poisons()) {
            OrderId order = operations.order();
            List<UUID> ids = new ArrayList<>();
            ids.add(send(order, poison.payload(order), poison.headers()));
            ids.add(send(order, confirm(order), Map.of()));
            good.add(send(other, confirm(other), Map.of()));
            ids.add(send(order, confirm(order), Map.of()));
            sent.put(order, ids);
        }
        // The long way of an ordinary message: nothing here waits for a pause between attempts.
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(handledAmong(good)).containsExactlyElementsOf(good));
        sent.forEach((order, ids) -> {
            JsonNode parked = operations.parked(order, 3).getFirst();
            assertThat(handledAmong(ids)).isEmpty();
            String path = "/operations/parked-messages/" + parked.path("id").asString();
            String headers = """
                    {"ce_id": "%s", "ce_source": "/saga", "ce_type": "%s", "ce_subject": "order/1", \
                    "ce_time": "2026-11-21T14:00:00Z", "ce_partitionkey": "%s", "ce_logicaltime": "1", \
                    "ce_correlationid": "1"}""".formatted(ids.getFirst(), TYPE, order);
            operations.put(path, """
                    {"payload": {"orderId": "%s"}, "headers": %s, "reason": "repaired"}""".formatted(order, headers),
                    "If-Match", "\"1\"").ok();
            JsonNode done = operations.post(path + "/replay", null).ok();
            assertThat(done.path("ended").asString()).as(parked.toString()).isEqualTo("ALL_HANDLED");
            assertThat(handledAmong(ids)).containsExactlyElementsOf(ids);
            assertThat(operations.saidAbout(order)).filteredOn("dev.waybill.order.confirmed.v1"::equals).hasSize(3);
        });
    }

    @Test
    void anUnknownTypeOnAnEventTopicIsPassedOver() {
        OrderId order = operations.order();
        send(Topic.ORDER_EVENTS, order, "{}".getBytes(StandardCharsets.UTF_8),
                Map.of(Header.TYPE, "dev.waybill.order.teleported.v1"));
        UUID next = send(order, confirm(order), Map.of());
        await().atMost(Operations.SOON).untilAsserted(() -> assertThat(OrderService.HANDLED).contains(next));
        operations.parked(order, 0);
    }

    @Test
    void aSubscriptionThatParksMostOfWhatItTakesPausesAndLosesNothing() throws Exception {
        List<OrderId> orders = Stream.generate(() -> new OrderId(Ids.next())).limit(25).toList();
        orders.forEach(order -> send(order, confirm(order), Map.of()));
        OrderId good = operations.order();
        UUID last = send(good, confirm(good), Map.of());

        await().atMost(Operations.SOON).untilAsserted(() -> assertThat(subscription().path("state").asString())
                .isEqualTo("PAUSED"));
        assertThat(subscription().path("reason").asString()).contains("within PT1M were parked");
        assertThat(parkedOf(orders)).isLessThan(25);
        assertThat(OrderService.HANDLED).doesNotContain(last);
        assertThat(uncommitted()).isPositive();
        var health = operations.get("/actuator/health/messaging");
        assertThat(health.status()).isEqualTo(503);
        assertThat(health.json().toString()).contains("order-commands", "were parked");
        assertThat(operations.get("/readyz").status()).isEqualTo(200);

        operations.post("/operations/subscriptions/order-commands/resume", "{\"reason\": \"released again\"}",
                "X-Operator", "carol").ok();
        await().atMost(Operations.SOON).untilAsserted(() -> assertThat(OrderService.HANDLED).contains(last));
        assertThat(parkedOf(orders)).isEqualTo(25);
        assertThat(subscription().path("state").asString()).isEqualTo("RUNNING");
        await().atMost(Operations.SOON).untilAsserted(() -> assertThat(uncommitted()).isZero());
        assertThat(operations.get("/operations/parked-acts?limit=1").ok().at("/items/0/kind").asString())
                .isEqualTo("RESUMED");
    }

    private record Poison(String text, Map<String, String> headers) {
        byte[] payload(OrderId order) {
            return text.replace("ORDER", order.toString()).getBytes(StandardCharsets.UTF_8);
        }
    }

    private static List<Poison> poisons() {
        String fine = "{\"orderId\": \"ORDER\"}";
        char[] large = new char[1_000_000];
        Arrays.fill(large, 'x');
        return List.of(
                new Poison("no json", Map.of()),
                new Poison("", Map.of()),
                new Poison("[]", Map.of()),
                new Poison("{}", Map.of()),
                new Poison("{\"orderId\": \"no order\"}", Map.of()),
                new Poison(new String(large), Map.of()),
                new Poison("{\"orderId\": \"" + new OrderId(Ids.next()) + "\"}", Map.of()),
                new Poison(fine, Map.of(Header.TYPE, "dev.waybill.order.explode.v1")),
                new Poison(fine, Map.of(Header.TYPE, "")),
                new Poison(fine, Map.of(Header.TIME, "")),
                new Poison(fine, Map.of(Header.CORRELATION_ID, "a\0b", Header.SAGA_ID, Ids.next().toString())));
    }

    private static List<UUID> handledAmong(List<UUID> ids) {
        return OrderService.HANDLED.stream().filter(ids::contains).toList();
    }

    private JsonNode subscription() {
        return operations.get("/operations/subscriptions").ok().at("/items/0");
    }

    private long parkedOf(List<OrderId> orders) {
        return orders.stream()
                .filter(order -> !operations.get("/operations/parked-messages?key=" + order).ok().path("items")
                        .isEmpty())
                .count();
    }

    /** Records that the subscription's group has not committed. */
    private long uncommitted() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", TestServers.bootstrapServers()))) {
            var committed = admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
            var ends = admin.listOffsets(committed.keySet().stream()
                    .collect(toMap(it -> it,
                            _ -> OffsetSpec.latest())))
                    .all().get();
            long read = committed.values().stream().mapToLong(OffsetAndMetadata::offset).sum();
            return ends.values().stream().mapToLong(ListOffsetsResultInfo::offset).sum() - read;
        }
    }
}
