package dev.waybill.saga.operations;

import dev.waybill.events.OrderEvent.RejectionReason;
import dev.waybill.messaging.Subscription;
import dev.waybill.saga.SagaTest;
import dev.waybill.saga.engine.SampleOrder;
import dev.waybill.saga.engine.Status;
import dev.waybill.saga.running.Written;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.UnsupportedEncodingException;
import java.util.List;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

/** What an operator does about a saga: with a reason, where it makes sense, and journaled. */
@SagaTest
class SagaRequestsOverRestTest {

    private static final String WHY = "{\"reason\": \"the carrier called\"}";

    @Autowired
    private MockMvcTester http;
    @Autowired
    private Subscription sagaMessages;
    @Autowired
    private JdbcClient database;

    private final SampleOrder order = SampleOrder.any();

    @Test
    void aRefusedUndoIsRetriedUnderANewIdAndTheSagaGoesOn() throws Exception {
        untilTheCarrierRefusesToCancel();
        JsonNode saga = accepted("retry", WHY);
        assertThat(saga.get("status").asString()).isEqualTo("COMPENSATING");
        assertThat(kinds(saga)).endsWith("STUCK", "RETRIED", "SENT", "RESUMED");
        assertThat(written().commands()).endsWith("shipping.cancel-shipment", "shipping.cancel-shipment");
        assertThat(database.sql(
                "select count(distinct message_id) from outbox where message_key = ? and type like '%cancel-shipment%'")
                .param(order.orderId().toString()).query(Integer.class).single()).isEqualTo(2);

        written().answer(sagaMessages::handle, order.cancelled(), "shipping.cancel-shipment");
        assertThat(written().commands()).endsWith("payment.void");
    }

    @Test
    void whoAndWhyStandInTheJournal() throws Exception {
        untilTheCarrierRefusesToCancel();
        JsonNode saga = accepted("retry", WHY);
        JsonNode line = saga.get("journal").valueStream().filter(each -> each.get("kind").asString().equals("RETRIED"))
                .findFirst().orElseThrow();
        assertThat(line.get("detail").asString()).isEqualTo("bob: the carrier called");
        assertThat(line.get("step").asString()).isEqualTo("book shipment");
    }

    @Test
    void aStuckSagaIsResolvedTellsTheOrderAndEndsWhenThatHasAnswered() throws Exception {
        untilTheCarrierRefusesToCancel();
        List<String> sent = written().commands();
        JsonNode saga = accepted("resolve", "{\"outcome\": \"COMPENSATED\", \"reason\": \"the parcel came back\"}");
        assertThat(saga.get("status").asString()).isEqualTo("COMPENSATING");
        assertThat(saga.get("step").asString()).isEqualTo("end order");
        assertThat(saga.get("deadline").isNull()).isFalse();
        assertThat(saga.toString()).contains("COMPENSATED. bob: the parcel came back");
        assertThat(kinds(saga)).endsWith("STUCK", "RESOLVED", "SENT", "RESUMED");
        assertThat(written().commands()).hasSize(sent.size() + 1).startsWith(sent.toArray(String[]::new))
                .endsWith("order.reject");

        written().answer(sagaMessages::handle, order.rejected(RejectionReason.PAYMENT_DECLINED), "order.reject");
        assertThat(written().journal()).endsWith("DONE", "COMPENSATED");
        assertThat(written().saga().orElseThrow().status()).isEqualTo(Status.COMPENSATED);
        assertThat(written().saga().orElseThrow().data()).doesNotContain("1 Main St");
    }

    @Test
    void onceItIsPaidAStuckSagaIsResolvedAsCompletedOnly() throws Exception {
        untilCapturing();
        written().answer(sagaMessages::handle, order.captured(), "payment.capture");
        database.sql("update saga set status = 'STUCK' where order_id = ?").param(order.orderId().value()).update();
        refused("resolve", "{\"outcome\": \"COMPENSATED\", \"reason\": \"enough\"}", "resolved as COMPLETED");
        JsonNode saga = accepted("resolve", "{\"outcome\": \"COMPLETED\", \"reason\": \"brought by hand\"}");
        assertThat(saga.get("status").asString()).isEqualTo("RUNNING");

        written().answer(sagaMessages::handle, order.confirmed(), "order.confirm");
        assertThat(written().saga().orElseThrow().status()).isEqualTo(Status.COMPLETED);
    }

    @Test
    void aSagaIsCompensatedUntilTheCaptureIsCommanded() throws Exception {
        sagaMessages.handle(order.placed());
        JsonNode saga = accepted("compensate", WHY);
        assertThat(saga.get("status").asString()).isEqualTo("COMPENSATING");
        assertThat(written().commands()).containsExactly("inventory.reserve-stock", "inventory.release-stock");
        refused("compensate", WHY, "has turned back already");
    }

    @Test
    void aSagaIsNotCompensatedOnceTheCaptureIsCommanded() throws Exception {
        untilCapturing();
        refused("compensate", WHY, "no way back");
        refused("skip", WHY, "follows the point of no return");
        assertThat(written().commands()).endsWith("payment.capture");
    }

    @Test
    void whatFollowsTheCaptureIsSkipped() throws Exception {
        untilCapturing();
        written().answer(sagaMessages::handle, order.captured(), "payment.capture");
        JsonNode saga = accepted("skip", WHY);
        assertThat(saga.get("status").asString()).isEqualTo("COMPLETED");
        assertThat(kinds(saga)).contains("SKIPPED");
        refused("retry", WHY, "has finished");
    }

    @Test
    void aSagaThatGoesOnByItselfIsNotResolved() throws Exception {
        sagaMessages.handle(order.placed());
        refused("resolve", "{\"outcome\": \"COMPLETED\", \"reason\": \"enough\"}", "not stuck");
    }

    @Test
    void whatIsRefusedLeavesNoTrace() throws Exception {
        sagaMessages.handle(order.placed());
        Written.Row before = written().saga().orElseThrow();
        refused("skip", WHY, "skipped");
        assertThat(written().saga()).contains(before);
        assertThat(written().journal()).containsExactly("STARTED", "SENT");
    }

    @Test
    void whatWasDecidedAboutAnOlderVersionIsNotDone() throws Exception {
        untilTheCarrierRefusesToCancel();
        Written.Row before = written().saga().orElseThrow();
        for (String call : List.of("retry", "skip", "compensate", "resolve")) {
            String body = call.equals("resolve") ? "{\"outcome\": \"COMPENSATED\", \"reason\": \"enough\"}" : WHY;
            for (String stale : List.of("\"%d\"".formatted(before.version() - 1),
                    "\"%d\"".formatted(before.version() + 1),
                    "\"x\"", "*")) {
                assertThat(post(id(), call, body, stale)).as("%s %s", call, stale).hasStatus(412)
                        .hasContentType("application/problem+json").bodyJson().extractingPath("$.code")
                        .isEqualTo("stale-version");
            }
        }
        assertThat(written().saga()).contains(before);

        MvcTestResult answer = post(id(), "retry", WHY, "\"%d\"".formatted(before.version()));
        assertThat(answer).hasStatus(202).hasHeader("ETag", "\"%d\"".formatted(before.version() + 1));
        assertThat(post(id(), "retry", WHY, "\"%d\"".formatted(before.version()))).as("the same again")
                .hasStatus(412);
        assertThat(written().journal().stream().filter("RETRIED"::equals)).hasSize(1);
    }

    @Test
    void aSagaUnderADefinitionThatIsNotKnownHereIsLeftAlone() throws Exception {
        sagaMessages.handle(order.placed());
        String id = id();
        database.sql("update saga set definition_version = 99 where id = ?").param(UUID.fromString(id)).update();
        assertThat(post(id, "retry", WHY)).hasStatus(409).bodyJson().extractingPath("$.detail").asString()
                .contains("version 99, which is not known here");
        database.sql("delete from saga where id = ?").param(UUID.fromString(id)).update();
    }

    @Test
    void withoutAReasonNothingIsDone() throws Exception {
        untilTheCarrierRefusesToCancel();
        for (String call : List.of("retry", "skip", "compensate", "resolve")) {
            for (String body : List.of("", "{}", "{\"reason\": \"\"}", "{\"reason\": null}",
                    "{\"reason\": \"%s\"}".formatted("x".repeat(501)), "{\"reason\": \"a\\u0000b\"}", "no json",
                    "{\"reason\": \"because\", \"outcome\": \"STUCK\"}", "{\"outcome\": \"COMPLETED\"}")) {
                assertThat(post(id(), call, body)).as("%s %s", call, body).hasStatus(400)
                        .hasContentType("application/problem+json");
            }
        }
        assertThat(written().journal()).endsWith("STUCK");
    }

    @Test
    void ofAnUnknownSagaIsAProblem() {
        for (String call : List.of("retry", "skip", "compensate")) {
            assertThat(post(UUID.randomUUID().toString(), call, WHY)).hasStatus(404).bodyJson()
                    .extractingPath("$.code").isEqualTo("unknown-saga");
            assertThat(post(UUID.randomUUID().toString(), call, WHY, "\"1\"")).hasStatus(404);
        }
        assertThat(post("not-an-id", "retry", WHY)).hasStatus(404);
    }

    private void untilCapturing() {
        sagaMessages.handle(order.placed());
        written().answer(sagaMessages::handle, order.stockReserved(), "inventory.reserve-stock");
        written().answer(sagaMessages::handle, order.authorized(), "payment.authorize");
        written().answer(sagaMessages::handle, order.booked(), "shipping.book-shipment");
    }

    private void untilTheCarrierRefusesToCancel() {
        untilCapturing();
        written().answer(sagaMessages::handle, order.captureRefused(), "payment.capture");
        written().answer(sagaMessages::handle, order.cancellationRefused(), "shipping.cancel-shipment");
        assertThat(written().journal()).endsWith("STUCK");
    }

    private JsonNode accepted(String call, String body) throws UnsupportedEncodingException {
        MvcTestResult answer = post(id(), call, body);
        assertThat(answer).hasStatus(202);
        return JsonMapper.shared().readTree(answer.getResponse().getContentAsString());
    }

    private void refused(String call, String body, String because) {
        assertThat(post(id(), call, body)).hasStatus(409).hasContentType("application/problem+json").bodyJson()
                .extractingPath("$.detail").asString().contains(because);
    }

    private MvcTestResult post(String id, String call, String body, String version) {
        return http.post().uri("/sagas/%s/%s".formatted(id, call)).header("X-Operator", "bob")
                .header("If-Match", version).contentType(MediaType.APPLICATION_JSON).content(body).exchange();
    }

    private MvcTestResult post(String id, String call, String body) {
        return http.post().uri("/sagas/%s/%s".formatted(id, call)).header("X-Operator", "bob")
                .contentType(MediaType.APPLICATION_JSON).content(body).exchange();
    }

    private static List<String> kinds(JsonNode saga) {
        return saga.get("journal").valueStream().map(line -> line.get("kind").asString()).toList();
    }

    private String id() {
        return written().saga().orElseThrow().id().toString();
    }

    private Written written() {
        return new Written(database, order);
    }
}
