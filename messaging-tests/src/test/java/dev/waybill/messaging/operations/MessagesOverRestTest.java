package dev.waybill.messaging.operations;

import dev.waybill.events.OrderId;
import dev.waybill.messaging.Ids;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import static dev.waybill.messaging.operations.OrderService.confirm;
import static dev.waybill.messaging.operations.OrderService.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What a service has said about one order, as operators ask for it. */
@OperationsTest
class MessagesOverRestTest {

    private static final String MESSAGES = "/operations/messages?key=";

    @Autowired
    private Operations operations;
    @Autowired
    private JdbcClient database;

    @Test
    void aMessageIsShownWithWhatStandsOnItAndInIt() {
        OrderId order = operations.order();
        UUID command = send(order, confirm(order), Map.of());
        await().atMost(Operations.SOON).untilAsserted(
                () -> assertThat(operations.get(MESSAGES + order).ok().at("/items/0/published").asBoolean()).isTrue());

        JsonNode items = operations.get(MESSAGES + order).ok().path("items");

        assertThat(items).hasSize(1);
        JsonNode said = items.path(0);
        assertThat(said.path("type").asString()).isEqualTo("dev.waybill.order.confirmed.v1");
        assertThat(said.path("topic").asString()).isEqualTo("order.events");
        assertThat(said.path("key").asString()).isEqualTo(order.toString());
        assertThat(said.path("sequence").asLong()).isEqualTo(1);
        assertThat(said.path("logicalTime").asLong()).isEqualTo(2);
        assertThat(said.path("payload").asString()).isEqualTo("{\"orderId\":\"%s\"}".formatted(order));
        assertThat(said.has("truncated")).isFalse();
        assertThat(said.path("headers").propertyNames()).contains("ce_specversion", "ce_dataschema", "content-type");
        assertThat(said.at("/headers/ce_id")).isEqualTo(said.path("id"));
        assertThat(said.at("/headers/ce_time")).isEqualTo(said.path("writtenAt"));
        assertThat(said.at("/headers/ce_causationid").asString()).isEqualTo(command.toString());
        assertThat(said.at("/headers/ce_partitionkey").asString()).isEqualTo(order.toString());
    }

    @Test
    void theOldestComesFirstAndTheListIsWalkedByCursors() {
        OrderId order = operations.order();
        for (int i = 0; i < 5; i++) {
            send(order, confirm(order), Map.of());
        }
        String all = MESSAGES + order;
        await().atMost(Operations.SOON)
                .untilAsserted(() -> assertThat(operations.get(all).ok().path("items")).hasSize(5));
        List<Long> numbers = new ArrayList<>();
        for (String next = ""; next != null;) {
            JsonNode answer = operations.get(all + "&limit=2" + next).ok();
            answer.path("items").forEach(item -> numbers.add(item.path("sequence").asLong()));
            next = answer.path("next").isNull() ? null : "&cursor=" + answer.path("next").asString();
        }

        assertThat(numbers).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void ofALargePayloadTheBeginningIsShownAndItIsSaid() {
        String key = Ids.next().toString();
        insert(key, "é".repeat(MessageController.LONGEST_PAYLOAD / 2));
        insert(key, "é".repeat(MessageController.LONGEST_PAYLOAD / 2 + 1));
        insert(key, "x".repeat(500_000));

        JsonNode items = operations.get(MESSAGES + key).ok().path("items");

        assertThat(items.path(0).has("truncated")).isFalse();
        assertThat(items.path(1).path("truncated").asBoolean()).isTrue();
        assertThat(items.path(2).path("truncated").asBoolean()).isTrue();
        assertThat(items.path(2).path("payload").asString()).isEqualTo("x".repeat(MessageController.LONGEST_PAYLOAD));
    }

    @Test
    void whatNobodyCanHaveMeantIsRefused() {
        OrderId order = operations.order();
        operations.get("/operations/messages").isProblem(400, "invalid-request");
        operations.get("/operations/messages?key= ").isProblem(400, "invalid-request");
        operations.get(MESSAGES + "k".repeat(201)).isProblem(400, "invalid-request");
        operations.get(MESSAGES + order + "&limit=0").isProblem(400, "invalid-request");
        operations.get(MESSAGES + order + "&cursor=made-up").isProblem(400, "cursor");
        assertThat(operations.get(MESSAGES + order).ok().path("items")).isEmpty();
    }

    /** Of a type that nobody knows. */
    private void insert(String key, String payload) {
        database.sql(
                """
                        insert into outbox (message_id, topic, message_key, type, source, subject, logical_time, correlation_id, said_at, payload)
                        values (gen_random_uuid(), 'order.events', ?, 'dev.waybill.order.large.v1', '/s', 'order/1', 1, ?, now(), ?)
                        """)
                .params(key, key, payload).update();
    }
}
