package dev.waybill.saga.operations;

import dev.waybill.messaging.Subscription;
import dev.waybill.saga.MovableClock;
import dev.waybill.saga.SagaTest;
import dev.waybill.saga.engine.SampleOrder;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.UnsupportedEncodingException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

@SagaTest
class SagaControllerTest {

    @Autowired
    private MockMvcTester http;
    @Autowired
    private Subscription sagaMessages;
    @Autowired
    private MovableClock clock;
    @Autowired
    private JdbcClient database;

    private final SampleOrder order = SampleOrder.any();

    @Test
    void aSagaIsShownWithItsJournal() throws Exception {
        sagaMessages.handle(order.placed());
        JsonNode listed = get("/sagas?orderId=" + order.orderId()).get("items").get(0);
        JsonNode saga = get("/sagas/" + listed.get("id").asString());

        assertThat(saga.get("type").asString()).isEqualTo("order-fulfillment");
        assertThat(saga.get("orderId").asString()).isEqualTo(order.orderId().toString());
        assertThat(saga.get("status").asString()).isEqualTo("RUNNING");
        assertThat(saga.get("step").asString()).isEqualTo("reserve stock");
        assertThat(saga.get("version").asInt()).isZero();
        assertThat(saga.propertyNames()).containsExactly(
                "id", "type", "orderId", "orderNumber", "status", "step", "startedAt", "updatedAt", "deadline",
                "version",
                "journal");
        assertThat(listed.propertyNames()).containsExactly(
                "id", "type", "orderId", "orderNumber", "status", "step", "startedAt", "updatedAt", "deadline",
                "version");
        JsonNode sent = saga.get("journal").get(1);
        assertThat(sent.propertyNames()).containsExactly("at", "step", "kind", "detail", "messageId");
        assertThat(sent.get("kind").asString()).isEqualTo("SENT");
        assertThat(sent.get("detail").asString()).isEqualTo("ReserveStock");
    }

    @Test
    void nothingOfTheAddressIsShown() throws Exception {
        sagaMessages.handle(order.placed());
        JsonNode listed = get("/sagas?orderId=" + order.orderId()).get("items").get(0);
        assertThat(get("/sagas/" + listed.get("id").asString()).toString()).doesNotContain("Alice", "Main St");
    }

    @Test
    void theOrdersNumberIsSaidWhereItIsKnown() throws Exception {
        sagaMessages.handle(order.placed());
        JsonNode listed = get("/sagas?orderId=" + order.orderId()).get("items").get(0);
        assertThat(listed.get("orderNumber").isNull()).isTrue();

        database.sql("update saga set order_number = 'W-100042' where order_id = ?").param(order.orderId().value())
                .update();
        assertThat(get("/sagas?orderId=" + order.orderId()).get("items").get(0).get("orderNumber").asString())
                .isEqualTo("W-100042");
        assertThat(get("/sagas/" + listed.get("id").asString()).get("orderNumber").asString()).isEqualTo("W-100042");
    }

    @Test
    void theVersionIsTheEntityTag() {
        sagaMessages.handle(order.placed());
        String id = database.sql("select id from saga where order_id = ?").param(order.orderId().value())
                .query(String.class).single();
        assertThat(http.get().uri("/sagas/" + id)).hasStatusOk().hasHeader("ETag", "\"0\"");
    }

    @Test
    void theListIsReadPageByPageNewestFirstOrOldestFirst() throws Exception {
        List<String> orders = started("paged", 5);

        assertThat(walked("/sagas?type=paged&limit=2")).isEqualTo(orders.reversed());
        assertThat(walked("/sagas?type=paged&limit=2&oldestFirst=true")).isEqualTo(orders);
    }

    /** At several steps, each with more than fit on a page, the oldest of all steps stand first. */
    @Test
    void theOldestOfAStateAreReadPageByPageAcrossItsSteps() throws Exception {
        List<String> orders = started("stood", 9);
        for (int i = 0; i < orders.size(); i++) {
            database.sql("update saga set status = 'STUCK', step = ? where order_id = ?::uuid and type = 'stood'")
                    .params("step " + i % 3, orders.get(i)).update();
        }
        started("stood", 2);

        assertThat(walked("/sagas?type=stood&status=STUCK&oldestFirst=true&limit=2")).isEqualTo(orders);
        assertThat(walked("/sagas?type=stood&status=STUCK&oldestFirst=true&limit=2&step=step 1"))
                .containsExactly(orders.get(1), orders.get(4), orders.get(7));
        assertThat(get("/sagas?type=stood&status=STUCK&oldestFirst=true&olderThan=PT1H").get("items")).isEmpty();
        assertThat(get("/sagas?type=stood&status=COMPENSATING&oldestFirst=true").get("items")).isEmpty();
        assertThat(walked("/sagas?type=stood&status=COMPLETED&oldestFirst=true")).isEmpty();
    }

    @Test
    void thoseThatHaveNotFinishedAreCountedByStateAndStep() throws Exception {
        List<String> orders = started("counted", 5);
        stands(orders.get(0), "STUCK", "complete");
        stands(orders.get(1), "STUCK", "complete");
        stands(orders.get(2), "COMPENSATING", "complete");
        stands(orders.get(3), "COMPLETED", "complete");

        assertThat(get("/sagas/counts?type=counted").get("items").toString()).isEqualTo(
                """
                        [{"status":"COMPENSATING","step":"complete","sagas":1},{"status":"RUNNING","step":"reserve stock","sagas":1},\
                        {"status":"STUCK","step":"complete","sagas":2}]""");
        assertThat(get("/sagas/counts?type=counted&status=STUCK").get("items")).hasSize(1);
        assertThat(get("/sagas/counts?type=counted&step=complete").get("items")).hasSize(2);
        assertThat(get("/sagas/counts?type=counted&olderThan=PT1H").get("items")).isEmpty();
        assertThat(get("/sagas/counts?type=counted&status=COMPLETED").get("items")).isEmpty();
    }

    private void stands(String order, String status, String step) {
        database.sql("update saga set status = ?, step = ? where order_id = ?::uuid").params(status, step, order)
                .update();
    }

    /** The orders of so many sagas, the oldest first, told from others by their type. */
    private List<String> started(String type, int sagas) {
        List<String> orders = new ArrayList<>();
        for (int i = 0; i < sagas; i++) {
            SampleOrder next = SampleOrder.any();
            sagaMessages.handle(next.placed());
            database.sql("update saga set type = ? where order_id = ?").params(type, next.orderId().value()).update();
            orders.add(next.orderId().toString());
        }
        return orders;
    }

    /** The orders of a whole list, page by page. */
    private List<String> walked(String list) throws UnsupportedEncodingException {
        List<String> seen = new ArrayList<>();
        String cursor = "";
        while (true) {
            JsonNode page = get(list + cursor);
            page.get("items").forEach(saga -> seen.add(saga.get("orderId").asString()));
            if (page.get("next").isNull()) {
                return seen;
            }
            cursor = "&cursor=" + page.get("next").asString();
        }
    }

    @Test
    void theListIsFilteredByStatusStepAndAge() throws Exception {
        sagaMessages.handle(order.placed());
        String ours = "/sagas?orderId=" + order.orderId();
        assertThat(get(ours + "&status=RUNNING&step=reserve stock").get("items")).hasSize(1);
        assertThat(get(ours + "&status=STUCK").get("items")).isEmpty();
        assertThat(get(ours + "&step=capture payment").get("items")).isEmpty();
        assertThat(get(ours + "&olderThan=PT5M").get("items")).isEmpty();
        clock.putForward(Duration.ofMinutes(6));
        assertThat(get(ours + "&olderThan=PT5M").get("items")).hasSize(1);
        assertThat(get(ours + "&olderThan=&status=&step=&type=").get("items")).hasSize(1);
    }

    @Test
    void anUnknownSagaIsAProblem() {
        assertThat(http.get().uri("/sagas/" + UUID.randomUUID())).hasStatus(404)
                .hasContentType("application/problem+json").bodyJson().extractingPath("$.code")
                .isEqualTo("unknown-saga");
    }

    @Test
    void whatCannotBeReadIsAProblem() {
        for (String query : List.of("status=LOST", "olderThan=soon", "olderThan=-PT5M", "olderThan=PT9999999999H",
                "orderId=1", "type=%00", "step=%00", "limit=0", "cursor=abc", "oldestFirst=perhaps")) {
            assertThat(http.get().uri(URI.create("/sagas?" + query))).as(query).hasStatus(400)
                    .hasContentType("application/problem+json");
        }
        assertThat(http.get().uri("/sagas/not-an-id")).hasStatus(404).hasContentType("application/problem+json");
    }

    private JsonNode get(String uri) throws UnsupportedEncodingException {
        var answer = http.get().uri(uri).exchange();
        assertThat(answer).hasStatusOk();
        return JsonMapper.shared().readTree(answer.getResponse().getContentAsString());
    }
}
