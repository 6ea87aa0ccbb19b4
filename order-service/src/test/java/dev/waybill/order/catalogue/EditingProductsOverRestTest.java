package dev.waybill.order.catalogue;

import dev.waybill.order.OrderApi;
import dev.waybill.order.OrderApi.Answer;
import dev.waybill.order.OrderServiceTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import static dev.waybill.order.OrderApi.goodOrder;
import static org.assertj.core.api.Assertions.assertThat;

@OrderServiceTest
class EditingProductsOverRestTest {

    private static final String IF_MATCH = "If-Match";
    private static final String IF_NONE_MATCH = "If-None-Match";

    @LocalServerPort
    private int port;

    private final String sku = "CUP-" + UUID.randomUUID().toString().substring(0, 8).toUpperCase(Locale.ROOT);
    private final String uri = "/products/" + sku;
    private OrderApi api = OrderApi.on(0);

    @BeforeEach
    void connect() {
        api = OrderApi.on(port);
    }

    @Test
    void newProductIsMadeAndCanBeOrdered() {
        Answer made = add(500);

        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.headers().getETag()).isEqualTo("\"0\"");
        assertThat(made.text()).isEqualTo("""
                {"sku":"%s","name":"Cup","price":{"amountMinor":500,"currency":"EUR"},"active":true}""".formatted(sku));
        assertThat(api.get(uri).text()).isEqualTo(made.text());
        assertThat(order().at("/total/amountMinor").asLong()).isEqualTo(500);
    }

    @Test
    void productThatIsThereIsNotMadeAgain() {
        add(500);

        add(900).problem(412, "product-exists");

        assertThat(api.get(uri).json().at("/price/amountMinor").asLong()).isEqualTo(500);
    }

    @Test
    void changedProductHasItsNextVersion() {
        add(500);

        Answer changed = api.put(uri, product("Large cup", 700, false), IF_MATCH, "\"0\"");

        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        assertThat(changed.headers().getETag()).isEqualTo("\"1\"");
        Answer read = api.get(uri);
        assertThat(read.text()).isEqualTo(changed.text()).contains("Large cup", "700", "false");
        assertThat(read.headers().getETag()).isEqualTo("\"1\"");
    }

    @Test
    void priceHoldsForOrdersFromNowOnOnly() {
        add(500);
        JsonNode before = order();

        api.put(uri, product("Cup", 700, true), IF_MATCH, "\"0\"");

        assertThat(api.get("/orders/" + before.get("id").asString()).json()).isEqualTo(before);
        assertThat(order().at("/total/amountMinor").asLong()).isEqualTo(700);
    }

    @Test
    void productThatIsNotActiveIsNotSold() {
        add(500);

        api.put(uri, product("Cup", 500, false), IF_MATCH, "\"0\"");

        api.place(cups()).problem(422, "not-for-sale");
    }

    @Test
    void versionIsWanted() {
        add(500);

        api.put(uri, product("Cup", 700, true)).problem(428, "version-required");
        api.put(uri, product("Cup", 700, true), IF_MATCH, "\"1\"").problem(412, "stale-version");
        api.put(uri, product("Cup", 700, true), IF_MATCH, "W/\"0\"").problem(412, "stale-version");
        api.put(uri, product("Cup", 700, true), IF_NONE_MATCH, "\"0\"").problem(400, "invalid-request");
        api.put(uri, product("Cup", 700, true), IF_NONE_MATCH, "*", IF_MATCH, "\"0\"").problem(400, "invalid-request");

        assertThat(api.get(uri).json().at("/price/amountMinor").asLong()).isEqualTo(500);
    }

    @Test
    void productThatIsNotThereCannotBeChanged() {
        api.put(uri, product("Cup", 700, true), IF_MATCH, "\"0\"").problem(404, "product-not-found");
        api.put("/products/not a sku", product("Cup", 700, true), IF_NONE_MATCH, "*").problem(404, "not-found");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`',
            textBlock = """
                    {"name": "Cup", "price": {"amountMinor": 0, "currency": "EUR"}, "active": true}           | /price/amountMinor
                    {"name": "Cup", "price": {"amountMinor": -1, "currency": "EUR"}, "active": true}          | /price
                    {"name": "Cup", "price": {"amountMinor": 1.5, "currency": "EUR"}, "active": true}         | /price/amountMinor
                    {"name": "Cup", "price": {"amountMinor": 1e30, "currency": "EUR"}, "active": true}        | /price/amountMinor
                    {"name": "Cup", "price": {"amountMinor": 100, "currency": "FOO"}, "active": true}         | /price/currency
                    {"name": "Cup", "price": {"amountMinor": 100, "currency": "XAU"}, "active": true}         | /price
                    {"name": "Cup", "price": {"amountMinor": 100}, "active": true}                            | /price
                    {"name": "Cup", "active": true}                                                           | /price
                    {"name": "Cup", "price": {"amountMinor": 100, "currency": "EUR"}}                         | /active
                    {"price": {"amountMinor": 100, "currency": "EUR"}, "active": true}                        | /name
                    {"name": " ", "price": {"amountMinor": 100, "currency": "EUR"}, "active": true}           | /name
                    {"name": "\\u2003", "price": {"amountMinor": 100, "currency": "EUR"}, "active": true}     | /name
                    {"name": "A\\u0007", "price": {"amountMinor": 100, "currency": "EUR"}, "active": true}    | /name
                    {"name": "Cup", "price": {"amountMinor": 1, "currency": "EUR"}, "active": true, "vat": 1} | /vat
                    """)
    void badProductIsRefusedAndPointedAt(String body, String pointer) {
        JsonNode problem = api.put(uri, body, IF_NONE_MATCH, "*").problem(400, "invalid-request");

        assertThat(problem.get("errors").findValuesAsString("pointer")).containsOnly(pointer);
        api.get(uri).problem(404, "product-not-found");
    }

    @Test
    void ofManyEditorsAtOnceOneWins() {
        add(500);

        List<Answer> answers = atOnce(12, i -> api.put(uri, product("Cup", 600 + i, true), IF_MATCH, "\"0\""));

        assertThat(answers).extracting(Answer::status).containsOnlyOnce(200).isSubsetOf(200, 412);
        assertThat(api.get(uri).headers().getETag()).isEqualTo("\"1\"");
        assertThat(api.get(uri).text()).isEqualTo(
                answers.stream().filter(answer -> answer.status() == 200).findFirst().orElseThrow().text());
    }

    @Test
    void ofManyWhoMakeItAtOnceOneDoes() {
        List<Answer> answers = atOnce(12, i -> add(600 + i));

        assertThat(answers).extracting(Answer::status).containsOnlyOnce(201).isSubsetOf(201, 412);
    }

    private static List<Answer> atOnce(int count, IntFunction<Answer> request) {
        return IntStream.range(0, count)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> request.apply(i), Thread::startVirtualThread))
                .toList().stream().map(CompletableFuture::join).toList();
    }

    private Answer add(int price) {
        return api.put(uri, product("Cup", price, true), IF_NONE_MATCH, "*");
    }

    private JsonNode order() {
        return api.placed(cups());
    }

    private ObjectNode cups() {
        ObjectNode order = goodOrder();
        order.putArray("lines").addObject().put("sku", sku).put("quantity", 1);
        return order;
    }

    private static String product(String name, int price, boolean active) {
        return """
                {"name": "%s", "price": {"amountMinor": %d, "currency": "EUR"}, "active": %s}"""
                .formatted(name, price, active);
    }
}
