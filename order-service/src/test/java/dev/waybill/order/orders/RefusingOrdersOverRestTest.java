package dev.waybill.order.orders;

import dev.waybill.order.OrderApi;
import dev.waybill.order.OrderServiceTest;
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
import java.util.function.Consumer;
import java.util.stream.Stream;

import static dev.waybill.order.OrderApi.goodOrder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

@OrderServiceTest
class RefusingOrdersOverRestTest {

    @LocalServerPort
    private int port;

    @Autowired
    private JdbcClient jdbc;

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
                bad("name of an em space", o -> address(o).put("name", "\u2003"), "/shippingAddress/name"),
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
        String customer = "refused-" + UUID.randomUUID();
        ObjectNode order = goodOrder().put("customerId", customer);
        order.withArray("lines").addObject().put("sku", "NOTHING-99").put("quantity", 1);

        api.place(order).problem(422, "not-for-sale");

        assertThat(count("orders where customer_id = '%s'".formatted(customer))).isZero();
        assertThat(count("outbox where payload like '%%%s%%'".formatted(customer))).isZero();
    }

    @Test
    void malformedJsonAndLargeBodies() {
        api.place("{\"customerId\": ", "k").problem(400, "malformed-body");
        api.place("{\"customerId\": \"%s\"}".formatted("x".repeat(10 * 1024 * 1024)), "k")
                .problem(413, "content-too-large");
    }

    private long count(String rows) {
        return jdbc.sql("select count(*) from " + rows).query(Long.class).single();
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
