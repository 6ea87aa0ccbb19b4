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
                "id", "type", "orderId", "status", "step", "startedAt", "updatedAt", "deadline", "version", "journal");
        assertThat(listed.propertyNames()).containsExactly(
                "id", "type", "orderId", "status", "step", "startedAt", "updatedAt", "deadline", "version");
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
    void theListIsReadPageByPageNewestFirst() throws Exception {
        List<String> orders = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            SampleOrder next = SampleOrder.any();
            sagaMessages.handle(next.placed());
            database.sql("update saga set type = 'paged' where order_id = ?").param(next.orderId().value()).update();
            orders.addFirst(next.orderId().toString());
        }
        List<String> seen = new ArrayList<>();
        JsonNode page = get("/sagas?type=paged&limit=2");
        while (true) {
            page.get("items").forEach(saga -> seen.add(saga.get("orderId").asString()));
            if (page.get("next").isNull()) {
                break;
            }
            page = get("/sagas?type=paged&limit=2&cursor=" + page.get("next").asString());
        }
        assertThat(seen).isEqualTo(orders);
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
                "orderId=1", "type=%00", "step=%00", "limit=0", "cursor=abc")) {
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
