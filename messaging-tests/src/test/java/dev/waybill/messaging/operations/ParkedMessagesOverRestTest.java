package dev.waybill.messaging.operations;

import dev.waybill.events.OrderId;
import dev.waybill.messaging.Ids;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import static dev.waybill.messaging.operations.OrderService.confirm;
import static dev.waybill.messaging.operations.OrderService.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The operator's calls, one after the other, against a service that parks what comes from a real topic. */
@OperationsTest
class ParkedMessagesOverRestTest {

    private static final String PARKED = "/operations/parked-messages";
    private static final byte[] GARBAGE = "no json".getBytes(StandardCharsets.UTF_8);

    @Autowired
    private Operations operations;

    private final OrderId missing = new OrderId(Ids.next());

    @Test
    void aParkedMessageIsShownWithAllThatIsKnown() {
        UUID id = send(missing, confirm(missing), Map.of());
        JsonNode item = operations.parked(missing, 1).getFirst();
        assertThat(item.path("subscription").asString()).isEqualTo("order-commands");
        assertThat(item.path("type").asString()).isEqualTo("dev.waybill.order.confirm.v1");
        assertThat(item.path("key").asString()).isEqualTo(missing.toString());
        assertThat(item.path("state").asString()).isEqualTo("PARKED");
        assertThat(item.path("reason").asString()).isEqualTo("There is no order " + missing);
        assertThat(item.path("attempts").asInt()).isEqualTo(3);
        assertThat(item.path("parkedAt").asString()).endsWith("Z");
        assertThat(item.path("payload").asString()).isEqualTo("{\"orderId\":\"%s\"}".formatted(missing));
        assertThat(item.at("/headers/ce_id").asString()).isEqualTo(id.toString());

        var answer = operations.get(PARKED + "/" + item.path("id").asString());
        assertThat(answer.headers().getETag()).isEqualTo("\"1\"");
        assertThat(answer.ok().path("stack").asString()).contains("IllegalStateException", "OrderService");
        assertThat(answer.ok().path("journal")).isEmpty();
        assertThat(answer.ok().has("original")).isFalse();
    }

    @Test
    void whatWaitsSaysBehindWhatAndMayNotPassIt() {
        send(missing, confirm(missing), Map.of());
        send(missing, confirm(missing), Map.of());
        List<JsonNode> queue = operations.parked(missing, 2);
        assertThat(queue.getLast().path("state").asString()).isEqualTo("WAITING_BEHIND");
        assertThat(queue.getLast().path("waitsBehind")).isEqualTo(queue.getFirst().path("id"));
        String waiting = PARKED + "/" + queue.getLast().path("id").asString();
        operations.post(waiting + "/replay", null).isProblem(409, "message-waits-behind");
        operations.post(waiting + "/discard", "{\"reason\": \"never mind\"}").isProblem(409, "message-waits-behind");
    }

    @Test
    void theListIsFilteredAndWalkedByCursors() {
        for (int i = 0; i < 5; i++) {
            send(missing, confirm(missing), Map.of());
        }
        operations.parked(missing, 5);
        assertThat(operations.get(PARKED + "?state=WAITING_BEHIND&key=" + missing).ok().path("items")).hasSize(4);
        assertThat(operations.get(PARKED + "?subscription=others").ok().path("items")).isEmpty();
        List<String> ids = new ArrayList<>();
        String page = PARKED + "?limit=2&key=" + missing;
        for (String next = ""; next != null;) {
            JsonNode answer = operations.get(page + next).ok();
            answer.path("items").forEach(item -> ids.add(item.path("id").asString()));
            next = answer.path("next").isNull() ? null : "&cursor=" + answer.path("next").asString();
        }
        assertThat(ids).hasSize(5).doesNotHaveDuplicates();
        operations.get(PARKED + "?state=SLEEPING").isProblem(400, "invalid-request");
        operations.get(PARKED + "?cursor=made-up").isProblem(400, "cursor");
    }

    @Test
    void anEditIsOfTheVersionThatWasReadAndShowsWhatItChanged() {
        OrderId order = operations.order();
        send(order, ("{\"orderId\": \"" + missing + "\", \"lines\": [1, 2]}").getBytes(StandardCharsets.UTF_8),
                Map.of());
        String path = PARKED + "/" + operations.parked(order, 1).getFirst().path("id").asString();
        String edit = "{\"payload\": {\"orderId\": \"%s\", \"lines\": [1]}, \"reason\": \"wrong order\"}"
                .formatted(order);
        operations.put(path, edit).isProblem(428, "version-required");
        operations.put(path, edit, "If-Match", "\"7\"").isProblem(412, "stale-version");
        operations.put(path, edit, "If-Match", "W/\"1\"").isProblem(412, "stale-version");
        operations.put(path, edit.replace("reason", "reasons"), "If-Match", "\"1\"").isProblem(400, "invalid-request");
        operations.put(path, "{\"payload\": {}}", "If-Match", "\"1\"").isProblem(400, "invalid-request");
        operations.put(path, "{\"payload\": null, \"reason\": \"x\"}", "If-Match", "\"1\"")
                .isProblem(400, "invalid-request");

        var edited = operations.put(path, edit, "If-Match", "\"1\"", "X-Operator", "carol");
        assertThat(edited.ok().path("payload").asString()).contains(order.toString());
        assertThat(edited.headers().getETag()).isEqualTo("\"2\"");
        assertThat(edited.json().at("/original/payload").asString()).contains(missing.toString());
        assertThat(edited.json().path("diff").toString()).isEqualTo(
                "[{\"pointer\":\"/lines/1\",\"before\":2},{\"pointer\":\"/orderId\",\"before\":\"%s\",\"after\":\"%s\"}]"
                        .formatted(missing, order));
        assertThat(edited.json().at("/journal/0/who").asString()).isEqualTo("carol");
        assertThat(edited.json().at("/journal/0/why").asString()).isEqualTo("wrong order");
        operations.put(path, edit, "If-Match", "\"1\"").isProblem(412, "stale-version");

        assertThat(operations.post(path + "/replay", null).ok().path("ended").asString()).isEqualTo("ALL_HANDLED");
        assertThat(operations.saidAbout(order)).containsExactly("dev.waybill.order.confirmed.v1");
    }

    @Test
    void aDryRunTellsWhatWouldHappenAndNothingLeaves() {
        send(missing, confirm(missing), Map.of());
        String path = PARKED + "/" + operations.parked(missing, 1).getFirst().path("id").asString();
        JsonNode fault = operations.post(path + "/dry-run", null).ok();
        assertThat(fault.path("result").asString()).isEqualTo("FAULT");
        assertThat(fault.path("reason").asString()).isEqualTo("There is no order " + missing);

        operations.make(missing);
        long calls = operations.count("outside_call");
        JsonNode run = operations.post(path + "/dry-run", null, "X-Operator", "carol").ok();
        assertThat(run.toString()).isEqualTo(
                """
                        {"result":"HANDLED","says":[{"type":"dev.waybill.order.confirmed.v1","topic":"order.events","key":"%1$s",\
                        "payload":"{\\"orderId\\":\\"%1$s\\"}"}],"requests":[{"kind":"tell","orderId":"%1$s"}]}"""
                        .formatted(missing));
        assertThat(operations.saidAbout(missing)).isEmpty();
        assertThat(operations.count("outside_call")).isEqualTo(calls);
        assertThat(operations.parked(missing, 1).getFirst().path("version").asInt()).isEqualTo(1);

        assertThat(operations.post(path + "/replay", "{\"reason\": \"order restored\"}").ok().toString())
                .isEqualTo("{\"handled\":1,\"ended\":\"ALL_HANDLED\",\"parked\":null,\"waiting\":0}");
        assertThat(operations.saidAbout(missing)).containsExactly("dev.waybill.order.confirmed.v1");
        await().atMost(Operations.SOON).untilAsserted(() -> assertThat(OrderService.TOLD).contains(missing));
        operations.get(path).isProblem(404, "unknown-parked-message");
    }

    @Test
    void aDryRunAloneCallsNobody() {
        OrderId order = operations.order();
        send(order, GARBAGE, Map.of());
        String path = PARKED + "/" + operations.parked(order, 1).getFirst().path("id").asString();
        operations.put(path, "{\"payload\": {\"orderId\": \"%s\"}, \"reason\": \"bytes\"}".formatted(order), "If-Match",
                "\"1\"").ok();
        assertThat(operations.post(path + "/dry-run", null).ok().path("requests")).hasSize(1);
        // Another order that goes the whole way afterwards: had the first left, it would have left before.
        OrderId other = operations.order();
        send(other, confirm(other), Map.of());
        await().atMost(Operations.SOON).untilAsserted(() -> assertThat(OrderService.TOLD).contains(other));
        assertThat(OrderService.TOLD).doesNotContain(order);
        assertThat(operations.saidAbout(order)).isEmpty();
    }

    @Test
    void aReplayThatFailsAgainSaysSoAndADiscardGoesOnWithTheRest() {
        OrderId order = operations.order();
        send(order, GARBAGE, Map.of());
        UUID next = send(order, confirm(order), Map.of());
        JsonNode first = operations.parked(order, 2).getFirst();
        String path = PARKED + "/" + first.path("id").asString();
        JsonNode again = operations.post(path + "/replay", null).ok();
        assertThat(again.path("ended").asString()).isEqualTo("PARKED_AGAIN");
        assertThat(again.at("/parked/id")).isEqualTo(first.path("id"));
        assertThat(again.at("/parked/attempts").asInt()).isEqualTo(2);
        assertThat(again.path("waiting").asInt()).isEqualTo(2);

        operations.post(path + "/discard", null).isProblem(400, "malformed-body");
        operations.post(path + "/discard", "{\"reason\": \"  \"}").isProblem(400, "invalid-request");
        JsonNode dropped = operations.post(path + "/discard", "{\"reason\": \"no use\"}", "X-Operator", "carol").ok();
        assertThat(dropped.path("handled").asInt()).isEqualTo(1);
        assertThat(OrderService.HANDLED).contains(next);

        JsonNode acts = operations.get("/operations/parked-acts?key=" + order).ok().path("items");
        assertThat(acts).extracting(act -> act.path("kind").asString())
                .containsExactly("HANDLED", "DISCARDED", "FAILED");
        assertThat(acts.get(1).path("who").asString()).isEqualTo("carol");
        assertThat(acts.get(1).path("why").asString()).isEqualTo("no use");
        assertThat(acts.get(1).path("payload").asString()).isEqualTo("no json");
        assertThat(acts.get(2).path("who").asString()).isEqualTo("operator");
    }

    @Test
    void whatWasDecidedAboutAnOlderVersionIsNotDone() {
        OrderId order = operations.order();
        send(order, GARBAGE, Map.of());
        String path = PARKED + "/" + operations.parked(order, 1).getFirst().path("id").asString();
        operations.put(path, "{\"payload\": {\"orderId\": \"%s\"}, \"reason\": \"bytes\"}".formatted(order), "If-Match",
                "\"1\"").ok();
        for (String stale : List.of("\"1\"", "\"3\"", "*")) {
            operations.post(path + "/replay", "{\"reason\": \"mended\"}", "If-Match", stale)
                    .isProblem(412, "stale-version");
            operations.post(path + "/discard", "{\"reason\": \"no use\"}", "If-Match", stale)
                    .isProblem(412, "stale-version");
        }
        assertThat(operations.parked(order, 1).getFirst().path("version").asInt()).isEqualTo(2);

        assertThat(
                operations.post(path + "/replay", "{\"reason\": \"mended\"}", "If-Match", "\"2\"").ok().path("handled")
                        .asInt())
                .isEqualTo(1);
        operations.post(path + "/replay", "{\"reason\": \"mended\"}", "If-Match", "\"2\"")
                .isProblem(404, "unknown-parked-message");
    }

    @Test
    void anOperatorsNameHasToBeOneThatCanBeJournaled() {
        send(missing, GARBAGE, Map.of());
        String path = PARKED + "/" + operations.parked(missing, 1).getFirst().path("id").asString();
        operations.post(path + "/replay", null, "X-Operator", "x".repeat(101)).isProblem(400, "invalid-request");
    }

    @Test
    void whatIsNotThereIsNotFound() {
        String path = PARKED + "/" + UUID.randomUUID();
        operations.get(path).isProblem(404, "unknown-parked-message");
        operations.post(path + "/replay", null).isProblem(404, "unknown-parked-message");
        operations.post("/operations/subscriptions/none/resume", "{\"reason\": \"x\"}")
                .isProblem(404, "unknown-subscription");
        operations.post("/operations/subscriptions/order-commands/resume", "{\"reason\": \"x\"}")
                .isProblem(409, "subscription-not-paused");
    }

    @Test
    void theOutboxSaysHowFarItIsPublishedAndByWhom() {
        await().atMost(Operations.SOON).untilAsserted(() -> {
            JsonNode outbox = operations.get("/operations/outbox").ok();
            assertThat(outbox.path("backlog").asInt()).isZero();
            assertThat(outbox.path("oldestUnpublishedAge").asString()).isEqualTo("PT0S");
            assertThat(outbox.path("leader").asString()).startsWith("/messaging-test-");
            assertThat(outbox.path("fencingToken").asInt()).isPositive();
        });
    }
}
