package dev.waybill.order.orders;

import dev.waybill.order.OrderApi;
import dev.waybill.order.OrderApi.Answer;
import dev.waybill.order.OrderServiceTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

@OrderServiceTest
class CancellingOrdersOverRestTest {

    private static final String CHANGED_MY_MIND = """
            {"reason": "Changed my mind"}""";

    @LocalServerPort
    private int port;

    @Autowired
    private ApplicationContext service;

    private OrderApi api = OrderApi.on(0);

    @BeforeEach
    void connect() {
        api = OrderApi.on(port);
    }

    @Test
    void cancellationIsTakenOnAndTheOrderAnswered() {
        OrderCourse order = place();

        Answer answer = cancel(order);

        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        assertThat(answer.headers().getLocation()).hasToString("/orders/" + order.id());
        assertThat(answer.json().get("status").asString()).isEqualTo("CANCELLING");
        assertThat(answer.json().get("reason").isNull()).isTrue();
        Answer read = api.get("/orders/" + order.id());
        assertThat(answer.json()).as("as it is read").isEqualTo(read.json());
        assertThat(read.headers().getETag()).isEqualTo("\"1\"");
        assertThat(order.said()).containsExactly("placed", "cancellation-requested");
        assertThat(order.lastSaid("cancellation-requested").get("statedReason").asString())
                .isEqualTo("Changed my mind");
    }

    @Test
    void statedReasonIsTheCancelledOrderSReason() {
        OrderCourse order = place();
        cancel(order);

        order.cancel();

        assertThat(read(order).get("status").asString()).isEqualTo("CANCELLED");
        assertThat(read(order).get("reason").asString()).isEqualTo("Changed my mind");
        assertThat(order.said()).containsExactly("placed", "cancellation-requested", "cancelled");
    }

    @Test
    void orderThatAnOperatorTurnedBackHasAReasonToo() {
        OrderCourse order = place().cancel();

        assertThat(read(order).get("reason").asString()).isEqualTo("Cancelled by the merchant");
    }

    @Test
    void reinstatedOrderIsWhatItHasBecomeMeanwhileAndCanBeAskedForAgain() {
        OrderCourse order = place();
        cancel(order);
        order.confirm();
        assertThat(read(order).get("status").asString()).isEqualTo("CANCELLING");

        order.reinstate(order.cancellation());

        assertThat(read(order).get("status").asString()).isEqualTo("CONFIRMED");
        assertThat(read(order).get("reason").isNull()).isTrue();
        assertThat(cancel(order).status()).isEqualTo(202);
        assertThat(order.said()).containsExactly(
                "placed", "cancellation-requested", "confirmed", "reinstated", "cancellation-requested");
    }

    @Test
    void refusalOfAnOlderCancellationThatComesAgainIsAnsweredWithoutEffect() {
        OrderCourse order = place();
        cancel(order);
        var older = order.cancellation();
        order.reinstate(older);
        cancel(order);

        order.reinstate(older);

        assertThat(read(order).get("status").asString()).isEqualTo("CANCELLING");
        assertThat(order.said()).endsWith("reinstated", "cancellation-requested", "reinstated");
    }

    @Test
    void askedForTwiceItIsOneCancellation() {
        OrderCourse order = place();

        Answer first = cancel(order);
        Answer second = cancel(order);

        assertThat(second.status()).isEqualTo(202);
        assertThat(second.text()).isEqualTo(first.text());
        assertThat(order.said()).containsExactly("placed", "cancellation-requested");
    }

    @Test
    void askedForByManyAtOnceItIsOneCancellation() {
        OrderCourse order = place();

        List<Answer> answers = IntStream.range(0, 12)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> cancel(order), Thread::startVirtualThread)).toList()
                .stream().map(CompletableFuture::join).toList();

        assertThat(answers).extracting(Answer::status).containsOnly(202);
        assertThat(answers).extracting(Answer::text).containsOnly(answers.getFirst().text());
        assertThat(order.said()).containsExactly("placed", "cancellation-requested");
    }

    @Test
    void sameKeyGetsTheSameAnswerThoughTheOrderHasGoneOn() {
        OrderCourse order = place();
        String key = UUID.randomUUID().toString();
        Answer first = api.post(uri(order), CHANGED_MY_MIND, key);
        order.cancel();

        Answer again = api.post(uri(order), CHANGED_MY_MIND, key);

        assertThat(again.status()).isEqualTo(202);
        assertThat(again.text()).isEqualTo(first.text());
        api.post(uri(order), """
                {"reason": "Too dear"}""", key).problem(422, "idempotency-key-reused");
        api.post(uri(order), CHANGED_MY_MIND, null).problem(400, "idempotency-key-missing");
        assertThat(api.post(uri(place()), CHANGED_MY_MIND, key).json().get("status").asString())
                .as("another order's cancellation").isEqualTo("CANCELLING");
    }

    @Test
    void onceTheCarrierHasTheParcelItIsTooLateAndSaysWhatToDo() {
        for (OrderCourse order : List
                .of(place().confirm().handOver(), place().confirm().deliver(), place().handOver())) {
            JsonNode before = read(order);

            JsonNode problem = cancel(order).problem(409, "order-not-cancellable");

            assertThat(problem.get("detail").asString()).contains("POST /orders/{id}/returns");
            assertThat(read(order)).isEqualTo(before);
        }
    }

    @Test
    void orderThatHasEndedCannotBeCancelled() {
        assertThat(cancel(place().reject()).problem(409, "order-not-cancellable").get("detail").asString())
                .contains("was rejected");
        assertThat(cancel(place().cancel()).problem(409, "order-not-cancellable").get("detail").asString())
                .contains("cancelled already");
    }

    @Test
    void orderThatIsNotThere() {
        api.post("/orders/%s/cancellation".formatted(UUID.randomUUID()), CHANGED_MY_MIND)
                .problem(404, "order-not-found");
        api.post("/orders/not-an-id/cancellation", CHANGED_MY_MIND).problem(404, "not-found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"reason\": null}", "{\"reason\": \"\"}", "{\"reason\": \" \"}",
            "{\"reason\": \"\\u2003\"}", "{\"reason\": \"a\\u0000b\"}", "{\"reason\": \"a\\nb\"}", "{\"reason\": 7}"})
    void reasonIsWanted(String body) {
        OrderCourse order = place();

        JsonNode problem = api.post(uri(order), body).problem(400, "invalid-request");

        assertThat(problem.get("errors").findValuesAsString("pointer")).containsOnly("/reason");
        assertThat(read(order).get("status").asString()).isEqualTo("PENDING");
    }

    @Test
    void reasonMayBeLongButNotTooLong() {
        OrderCourse order = place();
        String body = "{\"reason\": \"%s\"}";

        api.post(uri(order), body.formatted("x".repeat(501))).problem(400, "invalid-request");

        assertThat(api.post(uri(order), body.formatted("🦊".repeat(250))).status()).isEqualTo(202);
        assertThat(order.lastSaid("cancellation-requested").get("statedReason").asString()).hasSize(500);
    }

    private OrderCourse place() {
        return OrderCourse.begin(api, service);
    }

    private Answer cancel(OrderCourse order) {
        return api.post(uri(order), CHANGED_MY_MIND);
    }

    private JsonNode read(OrderCourse order) {
        return api.get("/orders/" + order.id()).json();
    }

    private static String uri(OrderCourse order) {
        return "/orders/%s/cancellation".formatted(order.id());
    }
}
