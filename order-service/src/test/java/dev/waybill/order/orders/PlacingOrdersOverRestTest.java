package dev.waybill.order.orders;

import dev.waybill.order.OrderApi;
import dev.waybill.order.OrderApi.Answer;
import dev.waybill.order.OrderServiceTest;
import dev.waybill.testing.Contracts;
import jakarta.persistence.EntityManagerFactory;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static dev.waybill.order.OrderApi.goodOrder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

@OrderServiceTest
class PlacingOrdersOverRestTest {

    @LocalServerPort
    private int port;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private EntityManagerFactory entityManagers;

    private OrderApi api = OrderApi.on(0);

    @BeforeEach
    void prepare() {
        api = OrderApi.on(port);
        jdbc.sql("""
                insert into product (sku, name, price_minor, currency, active)
                values ('OLD-01', 'Discontinued', 100, 'EUR', false), ('YEN-01', 'Priced in yen', 500, 'JPY', true),
                       ('DEAR-01', 'Very dear', 9223372036854775807, 'EUR', true)
                on conflict do nothing
                """).update();
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
                .containsEntry("sequence", 1L).containsEntry("source", "/order-service")
                .containsEntry("correlation_id", id);
    }

    /** Prices, number, order, lines: Hibernate's; the request's claim and answer and the outbox have one each besides. */
    @Test
    void placingTakesFourStatementsHoweverManyLinesThereAre() {
        ObjectNode order = goodOrder();
        addLines(order, 50);
        var statistics = entityManagers.unwrap(SessionFactory.class).getStatistics();
        statistics.clear();

        api.placed(order);

        assertThat(statistics.getPrepareStatementCount()).isEqualTo(4);
        assertThat(statistics.getEntityUpdateCount()).isZero();
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

    static Stream<Arguments> badOrders() {
        return Stream.of(
                bad("no customer", o -> o.remove("customerId"), "/customerId"),
                bad("blank customer", o -> o.put("customerId", " "), "/customerId"),
                bad("customer that is too long", o -> o.put("customerId", "x".repeat(65)), "/customerId"),
                bad("control character in customer", o -> o.put("customerId", "a\u0007"), "/customerId"),
                bad("customer that is a number", o -> o.put("customerId", 7), "/customerId"),
                bad("no lines", o -> o.remove("lines"), "/lines"),
                bad("empty lines", o -> o.putArray("lines"), "/lines"),
                bad("1000 lines", o -> addLines(o, 1000), "/lines"),
                bad("101 lines", o -> addLines(o, 100), "/lines"),
                bad("line that is null", o -> o.putArray("lines").addNull(), "/lines/0"),
                bad("quantity 0", o -> line(o).put("quantity", 0), "/lines/0/quantity"),
                bad("quantity negative", o -> line(o).put("quantity", -1), "/lines/0/quantity"),
                bad("quantity huge", o -> line(o).put("quantity", 1_000_001), "/lines/0/quantity"),
                bad("quantity beyond int", o -> line(o).put("quantity", 5_000_000_000L), "/lines/0/quantity"),
                bad("quantity a fraction", o -> line(o).put("quantity", 1.5), "/lines/0/quantity"),
                bad("quantity a text", o -> line(o).put("quantity", "2"), "/lines/0/quantity"),
                bad("no quantity", o -> line(o).remove("quantity"), "/lines/0/quantity"),
                bad("no SKU", o -> line(o).remove("sku"), "/lines/0/sku"),
                bad("malformed SKU", o -> line(o).put("sku", "espresso 01"), "/lines/0/sku"),
                bad("a price of the caller's own", o -> line(o).put("unitPrice", 1), "/lines/0/unitPrice"),
                bad("unknown field", o -> o.put("discount", 50), "/discount"),
                bad("unknown currency", o -> o.put("currency", "FOO"), "/currency"),
                bad("no currency", o -> o.remove("currency"), "/currency"),
                bad("no payment method", o -> o.remove("paymentMethod"), "/paymentMethod"),
                bad("no address", o -> o.remove("shippingAddress"), "/shippingAddress"),
                bad("address without a name", o -> address(o).remove("name"), "/shippingAddress/name"),
                bad("control character in a name", o -> address(o).put("name", "A\nB"), "/shippingAddress/name"),
                bad("zero byte in a city", o -> address(o).put("city", "A\u0000"), "/shippingAddress/city"),
                bad("name that is too long", o -> address(o).put("name", "x".repeat(201)), "/shippingAddress/name"),
                bad("blank second line", o -> address(o).put("line2", ""), "/shippingAddress/line2"),
                bad("country in lower case", o -> address(o).put("country", "de"), "/shippingAddress/country"),
                bad("no e-mail address", o -> o.put("contactEmail", "not an address"), "/contactEmail"));
    }

    @ParameterizedTest
    @MethodSource("badOrders")
    void badOrderIsRefusedAndPointedAt(Consumer<ObjectNode> fault, String pointer) {
        ObjectNode order = goodOrder();
        fault.accept(order);

        JsonNode problem = api.place(order).problem(400, "invalid-request");

        assertThat(problem.get("errors").findValuesAsString("pointer")).containsOnly(pointer);
    }

    @Test
    void orderForWhatIsNotSoldNamesEachLine() {
        ObjectNode order = goodOrder();
        order.withArray("lines").addObject().put("sku", "NOTHING-99").put("quantity", 1);
        order.withArray("lines").addObject().put("sku", "OLD-01").put("quantity", 1);
        order.withArray("lines").addObject().put("sku", "YEN-01").put("quantity", 1);

        JsonNode problem = api.place(order).problem(422, "not-for-sale");

        assertThat(problem.get("errors").findValuesAsString("pointer"))
                .containsExactly("/lines/1/sku", "/lines/2/sku", "/currency");
    }

    @Test
    void currencyThatNothingIsPricedIn() {
        for (String currency : List.of("JPY", "XXX", "XAU")) {
            api.place(goodOrder().put("currency", currency)).problem(422, "not-for-sale");
        }
    }

    @Test
    void amountThatOverflows() {
        ObjectNode order = goodOrder();
        order.putArray("lines").addObject().put("sku", "DEAR-01").put("quantity", 1_000_000);

        api.place(order).problem(422, "amount-too-large");
    }

    @Test
    void refusedOrderLeavesNothingBehind() {
        long ordersBefore = count("orders");
        long messagesBefore = count("outbox");
        ObjectNode order = goodOrder();
        order.withArray("lines").addObject().put("sku", "NOTHING-99").put("quantity", 1);

        api.place(order).problem(422, "not-for-sale");

        assertThat(count("orders")).isEqualTo(ordersBefore);
        assertThat(count("outbox")).isEqualTo(messagesBefore);
    }

    @Test
    void malformedJsonAndLargeBodies() {
        api.place("{\"customerId\": ", "k").problem(400, "malformed-body");
        api.place("{\"customerId\": \"%s\"}".formatted("x".repeat(10 * 1024 * 1024)), "k")
                .problem(413, "content-too-large");
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

        assertThat(answers).extracting(Answer::status).containsOnly(202, 409).contains(202);
        assertThat(answers.stream().filter(answer -> answer.status() == 202).map(Answer::text).distinct()).hasSize(1);
        assertThat(api.get("/orders?customerId=racer-" + key).json().get("items")).hasSize(1);
    }

    private String saidAbout(JsonNode order) {
        return jdbc.sql("select payload from outbox where message_key = :id").param("id", order.get("id").asString())
                .query(String.class).single();
    }

    private long count(String table) {
        return jdbc.sql("select count(*) from " + table).query(Long.class).single();
    }

    private static Arguments bad(String name, Consumer<ObjectNode> fault, String pointer) {
        return argumentSet(name, fault, pointer);
    }

    private static ObjectNode line(ObjectNode order) {
        return (ObjectNode) order.at("/lines/0");
    }

    private static ObjectNode address(ObjectNode order) {
        return order.withObject("shippingAddress");
    }

    private static void addLines(ObjectNode order, int count) {
        for (int i = 0; i < count; i++) {
            order.withArray("lines").addObject().put("sku", "FILTER-04").put("quantity", 1);
        }
    }
}
