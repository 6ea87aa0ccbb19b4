package dev.waybill.order.orders;

import dev.waybill.order.OrderApi;
import dev.waybill.order.OrderApi.Answer;
import dev.waybill.order.OrderServiceTest;
import dev.waybill.order.SentStatements;
import dev.waybill.testing.Contracts;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import static dev.waybill.order.OrderApi.goodOrder;
import static org.assertj.core.api.Assertions.assertThat;

@OrderServiceTest
class PlacingOrdersOverRestTest {

    @LocalServerPort
    private int port;

    @Autowired
    private JdbcClient jdbc;

    private OrderApi api = OrderApi.on(0);

    @BeforeEach
    void prepare() {
        api = OrderApi.on(port);
    }

    @Test
    void orderIsAcceptedAndCanBeRead() {
        Answer answer = api.place(goodOrder());

        assertThat(answer.status()).isEqualTo(202);
        JsonNode order = answer.json();
        String id = order.get("id").asString();
        assertThat(answer.headers().getLocation()).hasToString("/orders/" + id);
        assertThat(order.propertyNames()).containsExactly(
                "id",
                "number",
                "customerId",
                "status",
                "reason",
                "lines",
                "total",
                "paymentMethod",
                "shippingAddress",
                "placedAt",
                "updatedAt",
                "version",
                "links");
        assertThat(order.get("number").asString()).matches("W-1\\d{5}");
        assertThat(order.get("status").asString()).isEqualTo("PENDING");
        assertThat(order.get("reason").isNull()).isTrue();
        assertThat(order.get("lines").toString()).isEqualTo("""
                [{"sku":"ESPRESSO-01","quantity":2,"unitPrice":{"amountMinor":12999,"currency":"EUR"},\
                "subtotal":{"amountMinor":25998,"currency":"EUR"}}]""");
        assertThat(order.get("total").toString()).isEqualTo("{\"amountMinor\":25998,\"currency\":\"EUR\"}");
        assertThat(order.at("/links/self").asString()).isEqualTo("/orders/" + id);

        Answer read = api.get("/orders/" + id);
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.json()).isEqualTo(order);
        assertThat(read.headers().getETag()).isEqualTo("\"" + order.get("version").asInt() + "\"");
    }

    @Test
    void orderIsWrittenOnceAndSaidOnce() {
        String id = api.placed(goodOrder()).get("id").asString();

        assertThat(jdbc.sql("select version, event_sequence, logical_time from orders where id = :id::uuid")
                .param("id", id)
                .query().singleRow()).containsEntry("version", 0L).containsEntry("event_sequence", 1L)
                .containsEntry("logical_time", 1L);
        assertThat(jdbc.sql(
                "select type, topic, subject, sequence, source, correlation_id from outbox where message_key = :id")
                .param("id", id).query().singleRow()).containsEntry("type", "dev.waybill.order.placed.v1")
                .containsEntry("topic", "order.events").containsEntry("subject", "order/" + id)
                .containsEntry("sequence", 1L).containsEntry("correlation_id", id)
                .hasEntrySatisfying("source", it -> assertThat(it).asString().startsWith("/order-service"));
    }

    /** Prices, number, order, lines: Hibernate's; the request's claim and answer and the outbox have one each besides. */
    @Test
    void placingTakesFourStatementsHoweverManyLinesThereAre() {
        ObjectNode order = goodOrder();
        addLines(order, 50);

        List<String> sent = SentStatements.during(() -> api.placed(order));

        assertThat(sent).hasSize(4).noneMatch(sql -> sql.startsWith("update"));
    }

    @Test
    void ordersAreNumberedUpwards() {
        String first = api.placed(goodOrder()).get("number").asString();
        String second = api.placed(goodOrder()).get("number").asString();

        assertThat(second).isGreaterThan(first);
    }

    @Test
    void sameSkuTwiceMakesTwoLines() {
        ObjectNode order = goodOrder();
        order.withArray("lines").addObject().put("sku", "ESPRESSO-01").put("quantity", 1);

        JsonNode placed = api.placed(order);

        assertThat(placed.get("lines").findValuesAsString("quantity")).containsExactly("2", "1");
        assertThat(placed.at("/total/amountMinor").asLong()).isEqualTo(3 * 12999);
    }

    @Test
    void hundredLinesInTheirOrder() {
        ObjectNode order = goodOrder();
        order.putArray("lines");
        IntStream.rangeClosed(1, 100)
                .forEach(i -> order.withArray("lines").addObject().put("sku", "FILTER-04").put("quantity", i));

        JsonNode placed = api.placed(order);

        List<String> quantities = IntStream.rangeClosed(1, 100).mapToObj(Integer::toString).toList();
        assertThat(placed.get("lines").findValuesAsString("quantity")).isEqualTo(quantities);
        assertThat(api.get("/orders/" + placed.get("id").asString()).json()).isEqualTo(placed);
    }

    @Test
    void fourByteCharactersInNames() {
        ObjectNode order = goodOrder();
        order.withObject("shippingAddress").put("name", "Zoë 🦊 𠮷野").put("line2", "👩‍👩‍👧");

        JsonNode placed = api.placed(order);

        assertThat(api.get("/orders/" + placed.get("id").asString()).json().at("/shippingAddress/name").asString())
                .isEqualTo("Zoë 🦊 𠮷野");
    }

    @Test
    void emailTravelsInTheEventAndIsNotShown() {
        ObjectNode order = goodOrder().put("contactEmail", "alice@example.com");

        JsonNode placed = api.placed(order);

        assertThat(placed.toString()).doesNotContain("alice@example.com");
        assertThat(saidAbout(placed)).contains("alice@example.com");
    }

    @Test
    void whatIsSaidKeepsItsContract() {
        ObjectNode order = goodOrder().put("contactEmail", "alice@example.com");
        order.withObject("shippingAddress").put("line2", "Second floor");
        addLines(order, 3);

        Contracts.assertValid("dev.waybill.order.placed.v1", saidAbout(api.placed(order)));
        Contracts.assertValid("dev.waybill.order.placed.v1", saidAbout(api.placed(goodOrder())));
    }

    @Test
    void idempotencyKeyIsWanted() {
        api.place(goodOrder().toString(), null).problem(400, "idempotency-key-missing");
        api.place(goodOrder().toString(), "x".repeat(256)).problem(400, "idempotency-key-invalid");
    }

    @Test
    void sameKeyTwiceIsOneOrder() {
        String key = UUID.randomUUID().toString();

        Answer first = api.place(goodOrder().toString(), key);
        Answer second = api.place(goodOrder().toString(), key);

        assertThat(second.status()).isEqualTo(202);
        assertThat(second.text()).isEqualTo(first.text());
        assertThat(second.headers().getLocation()).isNotNull().isEqualTo(first.headers().getLocation());
    }

    @Test
    void sameKeyForAnotherOrder() {
        String key = UUID.randomUUID().toString();
        api.place(goodOrder().toString(), key);

        api.place(goodOrder().put("paymentMethod", "pm_card_declined").toString(), key)
                .problem(422, "idempotency-key-reused");
    }

    @Test
    void sameKeyOfAnotherCustomerIsAnotherOrder() {
        String key = UUID.randomUUID().toString();

        Answer alice = api.place(goodOrder().toString(), key);
        Answer bob = api.place(goodOrder().put("customerId", "bob").toString(), key);

        assertThat(bob.status()).isEqualTo(202);
        assertThat(bob.json().get("id")).isNotEqualTo(alice.json().get("id"));
    }

    @Test
    void manyTimesAtOnceIsOneOrder() {
        String key = UUID.randomUUID().toString();
        ObjectNode order = goodOrder().put("customerId", "racer-" + key);

        List<Answer> answers = IntStream.range(0, 12)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> api.place(order.toString(), key),
                        task -> Thread.ofVirtual().start(task)))
                .toList().stream().map(CompletableFuture::join).toList();

        assertThat(answers).extracting(Answer::status).contains(202).isSubsetOf(202, 409);
        assertThat(answers.stream().filter(answer -> answer.status() == 202).map(Answer::text).distinct()).hasSize(1);
        assertThat(api.get("/orders?customerId=racer-" + key).json().get("items")).hasSize(1);
    }

    private String saidAbout(JsonNode order) {
        return jdbc.sql("select payload from outbox where message_key = :id").param("id", order.get("id").asString())
                .query(String.class).single();
    }

    private static void addLines(ObjectNode order, int count) {
        for (int i = 0; i < count; i++) {
            order.withArray("lines").addObject().put("sku", "FILTER-04").put("quantity", 1);
        }
    }
}
