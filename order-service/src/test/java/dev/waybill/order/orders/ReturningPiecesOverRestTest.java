package dev.waybill.order.orders;

import dev.waybill.events.ReturnId;
import dev.waybill.order.OrderApi;
import dev.waybill.order.OrderApi.Answer;
import dev.waybill.order.OrderServiceTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import static dev.waybill.order.OrderApi.goodOrder;
import static org.assertj.core.api.Assertions.assertThat;

@OrderServiceTest
class ReturningPiecesOverRestTest {

    @LocalServerPort
    private int port;

    @Autowired
    private ApplicationContext service;

    @Autowired
    private JdbcClient jdbc;

    private OrderApi api = OrderApi.on(0);

    @BeforeEach
    void connect() {
        api = OrderApi.on(port);
    }

    @Test
    void returnIsTakenOnAndCanBeRead() {
        OrderCourse order = delivered();

        Answer answer = giveBack(order, line("FILTER-04", 2));

        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        JsonNode taken = answer.json();
        String id = taken.get("id").asString();
        assertThat(answer.headers().getLocation()).hasToString("/orders/%s/returns/%s".formatted(order.id(), id));
        assertThat(taken.propertyNames()).containsExactly(
                "id", "orderId", "status", "lines", "refund", "reason", "refusal", "requestedAt", "updatedAt");
        assertThat(taken.get("orderId").asString()).isEqualTo(order.id().toString());
        assertThat(taken.get("status").asString()).isEqualTo("REQUESTED");
        assertThat(taken.get("lines").toString()).isEqualTo("[{\"sku\":\"FILTER-04\",\"quantity\":2}]");
        assertThat(taken.get("refund").toString()).isEqualTo("{\"amountMinor\":1380,\"currency\":\"EUR\"}");
        assertThat(api.get("/orders/%s/returns/%s".formatted(order.id(), id)).json()).isEqualTo(taken);
        assertThat(api.get("/orders/%s/returns".formatted(order.id())).json().get("items").get(0)).isEqualTo(taken);
        assertThat(order.said()).endsWith("delivered", "return-requested");
        JsonNode said = order.lastSaid("return-requested");
        assertThat(said.get("returnId")).isEqualTo(taken.get("id"));
        assertThat(said.get("refund")).isEqualTo(taken.get("refund"));
        assertThat(said.get("statedReason").asString()).isEqualTo("Too many");
    }

    @Test
    void refundIsWhatThePiecesCostWhenTheyWereOrdered() {
        String sku = "POT-" + UUID.randomUUID().toString().substring(0, 8).toUpperCase(Locale.ROOT);
        jdbc.sql("insert into product (sku, name, price_minor, currency) values (:sku, 'Pot', 2000, 'EUR')")
                .param("sku", sku).update();
        ObjectNode wish = goodOrder();
        wish.putArray("lines").addObject().put("sku", sku).put("quantity", 3);
        OrderCourse order = OrderCourse.of(api.placed(wish), service).confirm().handOver();
        jdbc.sql("update product set price_minor = 1 where sku = :sku").param("sku", sku).update();

        assertThat(giveBack(order, line(sku, 2)).json().at("/refund/amountMinor").asLong()).isEqualTo(4000);
    }

    @Test
    void settledReturnSaysHow() {
        OrderCourse order = delivered();
        ReturnId completed = idOf(giveBack(order, line("ESPRESSO-01", 1)));
        ReturnId refused = idOf(giveBack(order, line("FILTER-04", 1)));

        order.complete(completed);
        order.refuse(refused);
        order.refuse(refused);

        assertThat(order.said()).endsWith("return-completed", "return-refused", "return-refused");
        JsonNode items = api.get("/orders/%s/returns".formatted(order.id())).json().get("items");
        assertThat(items.findValuesAsString("status")).containsExactly("COMPLETED", "REFUSED");
        assertThat(items.get(0).get("refusal").isNull()).isTrue();
        assertThat(items.get(1).get("refusal").asString()).isEqualTo("NOT_REFUNDABLE");
    }

    @Test
    void whatIsReturnedCannotBeReturnedAgainUnlessItWasRefused() {
        OrderCourse order = delivered();
        ReturnId first = idOf(giveBack(order, line("ESPRESSO-01", 2)));
        giveBack(order, line("ESPRESSO-01", 1)).problem(422, "pieces-not-returnable");

        order.refuse(first);

        ReturnId second = idOf(giveBack(order, line("ESPRESSO-01", 2)));
        order.complete(second);
        giveBack(order, line("ESPRESSO-01", 1)).problem(422, "pieces-not-returnable");
    }

    @Test
    void piecesThatAreNotThereAreNamed() {
        OrderCourse order = delivered();

        JsonNode problem = giveBack(order, line("KETTLE-03", 1), line("FILTER-04", 3), line("ESPRESSO-01", 2),
                line("FILTER-04", 1)).problem(422, "pieces-not-returnable");

        assertThat(problem.get("errors").findValuesAsString("pointer"))
                .containsExactly("/lines/0/sku", "/lines/3/quantity");
        assertThat(problem.at("/errors/1/detail").asString()).contains("Of this SKU 3 can still be returned");
        assertThat(api.get("/orders/%s/returns".formatted(order.id())).json().get("items")).isEmpty();
        assertThat(order.said()).endsWith("delivered");
    }

    @Test
    void ofManyReturnsOfTheSamePiecesAtOnceOneIsTaken() {
        OrderCourse order = delivered();

        List<Answer> answers = IntStream.range(0, 12)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> giveBack(order, line("ESPRESSO-01", 2)), Thread::startVirtualThread))
                .toList().stream().map(CompletableFuture::join).toList();

        assertThat(answers).extracting(Answer::status).containsOnlyOnce(202).isSubsetOf(202, 422);
        assertThat(api.get("/orders/%s/returns".formatted(order.id())).json().get("items")).hasSize(1);
        assertThat(order.said()).containsOnlyOnce("return-requested");
    }

    @Test
    void sameKeyIsOneReturn() {
        OrderCourse order = delivered();
        String key = UUID.randomUUID().toString();
        String body = body(line("FILTER-04", 1));

        Answer first = api.post(uri(order), body, key);
        Answer again = api.post(uri(order), body, key);

        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.headers().getLocation()).isNotNull().isEqualTo(first.headers().getLocation());
        api.post(uri(order), body(line("FILTER-04", 2)), key).problem(422, "idempotency-key-reused");
        api.post(uri(order), body, null).problem(400, "idempotency-key-missing");
        assertThat(order.said()).containsOnlyOnce("return-requested");
    }

    @Test
    void nothingComesBackBeforeTheHandOverOrAfterAnEndWithoutOne() {
        assertThat(refusal(place())).contains("POST /orders/{id}/cancellation");
        assertThat(refusal(place().confirm())).contains("POST /orders/{id}/cancellation");
        assertThat(refusal(place().handOver())).contains("not confirmed yet");
        assertThat(refusal(place().reject())).contains("was rejected");
        OrderCourse cancelling = place().confirm();
        api.post("/orders/%s/cancellation".formatted(cancelling.id()), "{\"reason\": \"Changed my mind\"}");
        assertThat(refusal(cancelling)).contains("A cancellation is under way");
        assertThat(refusal(cancelling.cancel())).contains("is cancelled");
    }

    @Test
    void returnsAreListedInTheirOrderPageByPage() {
        OrderCourse order = delivered();
        List<String> ids = IntStream.range(0, 3)
                .mapToObj(i -> giveBack(order, line("FILTER-04", 1)).json().get("id").asString()).toList();

        JsonNode first = api.get("/orders/%s/returns?limit=2".formatted(order.id())).json();
        JsonNode second = api.get("/orders/{id}/returns?limit=2&cursor={next}", order.id(),
                first.get("next").asString()).json();

        assertThat(first.get("items").findValuesAsString("id")).isEqualTo(ids.subList(0, 2));
        assertThat(second.get("items").findValuesAsString("id")).isEqualTo(ids.subList(2, 3));
        assertThat(second.get("next").isNull()).isTrue();
    }

    @Test
    void whatIsNotThereIsNotFound() {
        OrderCourse order = delivered();
        String id = giveBack(order, line("FILTER-04", 1)).json().get("id").asString();
        UUID nobody = UUID.randomUUID();

        api.post("/orders/%s/returns".formatted(nobody), body(line("FILTER-04", 1))).problem(404, "order-not-found");
        api.get("/orders/%s/returns".formatted(nobody)).problem(404, "order-not-found");
        api.get("/orders/%s/returns/%s".formatted(order.id(), nobody)).problem(404, "return-not-found");
        api.get("/orders/%s/returns/%s".formatted(place().id(), id)).problem(404, "return-not-found");
        api.get("/orders/%s/returns/not-an-id".formatted(order.id())).problem(404, "not-found");
        assertThat(api.get("/orders/%s/returns".formatted(place().id())).json().get("items")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"reason": "x"}                                                          | /lines
            {"lines": [], "reason": "x"}                                             | /lines
            {"lines": [null], "reason": "x"}                                         | /lines/0
            {"lines": [{"quantity": 1}], "reason": "x"}                              | /lines/0/sku
            {"lines": [{"sku": "no sku", "quantity": 1}], "reason": "x"}             | /lines/0/sku
            {"lines": [{"sku": "FILTER-04"}], "reason": "x"}                         | /lines/0/quantity
            {"lines": [{"sku": "FILTER-04", "quantity": 0}], "reason": "x"}          | /lines/0/quantity
            {"lines": [{"sku": "FILTER-04", "quantity": -1}], "reason": "x"}         | /lines/0/quantity
            {"lines": [{"sku": "FILTER-04", "quantity": 1000001}], "reason": "x"}    | /lines/0/quantity
            {"lines": [{"sku": "FILTER-04", "quantity": 1, "x": 1}], "reason": "x"}  | /lines/0/x
            {"lines": [{"sku": "FILTER-04", "quantity": 1}]}                         | /reason
            {"lines": [{"sku": "FILTER-04", "quantity": 1}], "reason": " "}          | /reason
            {"lines": [{"sku": "FILTER-04", "quantity": 1}], "reason": "a\\u0007"}   | /reason
            {"lines": [{"sku": "FILTER-04", "quantity": 1}], "reason": "x", "refund": 1} | /refund
            """)
    void badReturnIsRefusedAndPointedAt(String body, String pointer) {
        JsonNode problem = api.post(uri(delivered()), body).problem(400, "invalid-request");

        assertThat(problem.get("errors").findValuesAsString("pointer")).containsOnly(pointer);
    }

    @Test
    void thousandLinesAreRefused() {
        String[] lines = IntStream.range(0, 1000).mapToObj(i -> line("FILTER-04", 1)).toArray(String[]::new);

        giveBack(delivered(), lines).problem(400, "invalid-request");
    }

    /** Two espresso machines and, on two lines, three packets of filters. */
    private OrderCourse delivered() {
        ObjectNode wish = goodOrder();
        wish.withArray("lines").addObject().put("sku", "FILTER-04").put("quantity", 1);
        wish.withArray("lines").addObject().put("sku", "FILTER-04").put("quantity", 2);
        return OrderCourse.of(api.placed(wish), service).confirm().handOver().deliver();
    }

    private OrderCourse place() {
        return OrderCourse.begin(api, service);
    }

    private String refusal(OrderCourse order) {
        JsonNode before = api.get("/orders/" + order.id()).json();
        JsonNode problem = giveBack(order, line("ESPRESSO-01", 1)).problem(409, "order-not-returnable");
        assertThat(api.get("/orders/" + order.id()).json()).isEqualTo(before);
        return problem.get("detail").asString();
    }

    private Answer giveBack(OrderCourse order, String... lines) {
        return api.post(uri(order), body(lines));
    }

    private static ReturnId idOf(Answer taken) {
        assertThat(taken.status()).as(taken.text()).isEqualTo(202);
        return new ReturnId(UUID.fromString(taken.json().get("id").asString()));
    }

    private static String uri(OrderCourse order) {
        return "/orders/%s/returns".formatted(order.id());
    }

    private static String body(String... lines) {
        return "{\"lines\": [%s], \"reason\": \"Too many\"}".formatted(String.join(", ", lines));
    }

    private static String line(String sku, int quantity) {
        return "{\"sku\": \"%s\", \"quantity\": %d}".formatted(sku, quantity);
    }
}
