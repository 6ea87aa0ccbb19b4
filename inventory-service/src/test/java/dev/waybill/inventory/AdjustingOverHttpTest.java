package dev.waybill.inventory;

import dev.waybill.testing.RealServers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

/** An operator corrects the stock and looks at how it came about. */
@SpringBootTest
@AutoConfigureMockMvc
@ActiveProfiles("demo")
@ContextConfiguration(initializers = RealServers.class)
class AdjustingOverHttpTest {

    @Autowired
    private MockMvcTester web;
    @Autowired
    private JdbcClient database;

    @Test
    void anAdjustmentIsMadeJournaledAndFoundWhereItSaysThatItIs() {
        MvcTestResult made = adjust("HTTP-NEW", "k-1", "{\"quantity\": 12, \"reason\": \"delivery 77\"}");

        assertThat(made).hasStatus(HttpStatus.CREATED).headers().hasValue("Location", "/stock/HTTP-NEW/ledger/1");
        assertThat(made).bodyJson().isLenientlyEqualTo("""
                {"number": 1, "kind": "INITIAL", "quantity": 12, "onHand": 12, "reserved": 0, "orderId": null,
                 "reason": "delivery 77", "who": "erin"}
                """);
        assertThat(json(get("/stock/HTTP-NEW/ledger/1"))).isEqualTo(json(made));
        assertThat(get("/stock/HTTP-NEW")).bodyJson().extractingPath("$.available").isEqualTo(12);
    }

    @Test
    void theSameRequestAgainIsAnsweredAgainAndAdjustsOnce() {
        String body = "{\"quantity\": 5, \"reason\": \"found\"}";
        JsonNode first = json(adjust("HTTP-ONCE", "k-once", body));

        assertThat(json(adjust("HTTP-ONCE", "k-once", body))).isEqualTo(first);
        assertProblem(adjust("HTTP-ONCE", "k-once", "{\"quantity\": 6, \"reason\": \"found\"}"),
                HttpStatus.UNPROCESSABLE_CONTENT, "idempotency-key-reused");
        assertThat(get("/stock/HTTP-ONCE")).bodyJson().extractingPath("$.onHand").isEqualTo(5);
        assertProblem(adjust("HTTP-ONCE", null, body), HttpStatus.BAD_REQUEST, "idempotency-key-missing");
    }

    @Test
    void lessThanIsReservedIsRefusedAndItIsSaidHowMuchThatIs() {
        adjust("HTTP-HELD", "k-2", "{\"quantity\": 10, \"reason\": \"delivery\"}");
        database.sql("update stock_item set reserved = 4 where sku = 'HTTP-HELD'").update();

        MvcTestResult refused = adjust("HTTP-HELD", "k-3", "{\"quantity\": -7, \"reason\": \"lost\"}");

        assertProblem(refused, HttpStatus.CONFLICT, "stock-reserved");
        assertThat(refused).bodyJson().extractingPath("$.detail")
                .isEqualTo("Of HTTP-HELD 10 are on hand, and 4 of them are reserved for orders");
        assertThat(get("/stock/HTTP-HELD")).bodyJson().extractingPath("$.onHand").isEqualTo(10);
        database.sql("update stock_item set reserved = 0 where sku = 'HTTP-HELD'").update();
        // What was refused may be tried again under its key.
        assertThat(adjust("HTTP-HELD", "k-3", "{\"quantity\": -7, \"reason\": \"lost\"}"))
                .hasStatus(HttpStatus.CREATED);
    }

    @Test
    void whereThereWasNeverAnyNothingIsTakenAwayAndNoStockIsMade() {
        assertProblem(adjust("HTTP-NONE", "k-4", "{\"quantity\": -1, \"reason\": \"lost\"}"), HttpStatus.CONFLICT,
                "stock-reserved");
        assertProblem(get("/stock/HTTP-NONE"), HttpStatus.NOT_FOUND, "stock-not-found");
        assertProblem(get("/stock/HTTP-NONE/ledger"), HttpStatus.NOT_FOUND, "stock-not-found");
        assertProblem(get("/stock/HTTP-NONE/ledger/1"), HttpStatus.NOT_FOUND, "movement-not-found");
    }

    @Test
    void moreThanCanBeCountedIsRefused() {
        adjust("HTTP-MANY", "k-5", "{\"quantity\": 1, \"reason\": \"delivery\"}");
        database.sql("update stock_item set on_hand = 1000000000 where sku = 'HTTP-MANY'").update();

        assertProblem(adjust("HTTP-MANY", "k-6", "{\"quantity\": 1000000, \"reason\": \"delivery\"}"),
                HttpStatus.CONFLICT, "stock-too-large");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{'quantity': 0, 'reason': 'x'}|/quantity",
            "{'quantity': 1000001, 'reason': 'x'}|/quantity", "{'quantity': -1000001, 'reason': 'x'}|/quantity",
            "{'quantity': 2147483648, 'reason': 'x'}|/quantity",
            "{'quantity': 99999999999999999999, 'reason': 'x'}|/quantity",
            "{'quantity': 1.5, 'reason': 'x'}|/quantity", "{'quantity': '1', 'reason': 'x'}|/quantity",
            "{'quantity': null, 'reason': 'x'}|/quantity", "{'reason': 'x'}|/quantity",
            "{'quantity': 1}|/reason", "{'quantity': 1, 'reason': ' '}|/reason",
            "{'quantity': 1, 'reason': '\\u0007'}|/reason", "{'quantity': 1, 'reason': 'x', 'who': 'me'}|/who"})
    void badInputIsAProblemThatNamesThePlace(String body, String pointer) {
        MvcTestResult refused = adjust("HTTP-BAD", UUID.randomUUID().toString(), body.replace('\'', '"'));

        assertProblem(refused, HttpStatus.BAD_REQUEST, "invalid-request");
        assertThat(refused).bodyJson().extractingPath("$.errors[0].pointer").isEqualTo(pointer);
    }

    @Test
    void aReasonMayBeLongAndInAnyScriptButNotEndless() {
        assertThat(adjust("HTTP-WHY", "k-7", "{\"quantity\": 1, \"reason\": \"%s\"}".formatted("📦".repeat(250))))
                .hasStatus(HttpStatus.CREATED);
        assertProblem(adjust("HTTP-WHY", "k-8", "{\"quantity\": 1, \"reason\": \"%s\"}".formatted("x".repeat(501))),
                HttpStatus.BAD_REQUEST, "invalid-request");
        assertProblem(adjust("no-sku", "k-9", "{\"quantity\": 1, \"reason\": \"x\"}"), HttpStatus.NOT_FOUND,
                "not-found");
    }

    @Test
    void theLedgerIsReadInPagesTheNewestFirst() {
        for (int i = 1; i <= 5; i++) {
            adjust("HTTP-PAGES", "k-p" + i, "{\"quantity\": %d, \"reason\": \"delivery\"}".formatted(i));
        }

        JsonNode first = json(get("/stock/HTTP-PAGES/ledger?limit=3"));
        assertThat(first.path("items").valueStream().map(line -> line.path("number").asLong())).containsExactly(5L, 4L,
                3L);
        assertThat(first.at("/items/0/onHand").asInt()).isEqualTo(15);
        String cursor = first.path("next").asString();
        JsonNode second = json(get("/stock/HTTP-PAGES/ledger?limit=3&cursor=" + cursor));
        assertThat(second.path("items").valueStream().map(line -> line.path("number").asLong()))
                .containsExactly(2L, 1L);
        assertThat(second.path("next").isNull()).isTrue();
        assertProblem(get("/stock/HTTP-OTHER/ledger?cursor=" + cursor), HttpStatus.BAD_REQUEST, "cursor");
    }

    @Test
    void reservationsAreListedOnlyWhereTheyAreOverdue() {
        assertThat(get("/reservations?overdue=true")).hasStatusOk().bodyJson().hasPath("$.items");
        assertThat(get("/reservations")).hasStatus(HttpStatus.BAD_REQUEST)
                .hasContentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(get("/actuator/prometheus")).hasStatusOk().bodyText().contains("inventory_holds_overdue{");
    }

    private MvcTestResult adjust(String sku, @Nullable String key, String body) {
        var request = web.post().uri("/stock/%s/adjustments".formatted(sku)).header("X-Operator", "erin")
                .contentType(MediaType.APPLICATION_JSON).content(body);
        return key == null ? request.exchange() : request.header("Idempotency-Key", key).exchange();
    }

    private MvcTestResult get(String path) {
        return web.get().uri(path).exchange();
    }

    private static JsonNode json(MvcTestResult result) {
        return JsonMapper.shared().readTree(result.getResponse().getContentAsByteArray());
    }

    private static void assertProblem(MvcTestResult result, HttpStatus status, String code) {
        assertThat(result).hasStatus(status).hasContentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(result).bodyJson().extractingPath("$.code").isEqualTo(code);
    }
}
