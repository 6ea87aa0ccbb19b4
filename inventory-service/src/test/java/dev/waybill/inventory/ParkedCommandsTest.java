package dev.waybill.inventory;

import dev.waybill.events.Envelope;
import dev.waybill.events.InventoryCommand.ReleaseStock;
import dev.waybill.events.MessageTypes;
import dev.waybill.events.OrderId;
import dev.waybill.events.SagaId;
import dev.waybill.events.Topic;
import dev.waybill.messaging.Ids;
import dev.waybill.testing.Contracts;
import dev.waybill.testing.RealServers;
import dev.waybill.testing.TestServers;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
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

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A command that the service cannot handle: an operator mends it there, and the saga that sent it is told. */
@SpringBootTest
@AutoConfigureMockMvc
@ActiveProfiles("demo")
@ContextConfiguration(initializers = RealServers.class)
class ParkedCommandsTest {

    @Autowired
    private MockMvcTester web;
    @Autowired
    private JdbcClient database;

    private final OrderId order = new OrderId(Ids.next());

    @Test
    void aParkedCommandIsToldToItsSagaMendedAndAnswered() {
        SagaId saga = new SagaId(Ids.next());
        String command = send("no json", saga);
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(parked().path("items")).hasSize(1));

        Map<String, @Nullable Object> note = saidAs("dev.waybill.operations.command-parked.v1");
        Contracts.assertValid("dev.waybill.operations.command-parked.v1", String.valueOf(note.get("payload")));
        assertThat(note.get("topic")).isEqualTo("operations.events");
        assertThat(String.valueOf(note.get("payload"))).contains(command, order.toString(), "/inventory-service");
        assertThat(note.get("saga_id")).isEqualTo(saga.value());

        String path = "/operations/parked-messages/" + parked().at("/items/0/id").asString();
        String edit = "{\"payload\": {\"orderId\": \"%s\"}, \"reason\": \"it came broken\"}".formatted(order);
        assertProblem(web.put().uri(path).contentType(MediaType.APPLICATION_JSON).content(edit).exchange(),
                HttpStatus.PRECONDITION_REQUIRED, "version-required");
        assertThat(web.put().uri(path).header("If-Match", "\"1\"").contentType(MediaType.APPLICATION_JSON)
                .content(edit).exchange()).hasStatusOk();
        MvcTestResult dryRun = web.post().uri(path + "/dry-run").exchange();
        assertThat(dryRun).bodyJson().extractingPath("$.says[0].type")
                .isEqualTo("dev.waybill.inventory.stock-released.v1");
        assertThat(web.post().uri(path + "/replay").exchange()).bodyJson().extractingPath("$.ended")
                .isEqualTo("ALL_HANDLED");
        Map<String, @Nullable Object> answer = saidAs("dev.waybill.inventory.stock-released.v1");
        assertThat(String.valueOf(answer.get("causation_id"))).isEqualTo(command);
        assertThat(answer.get("saga_id")).isEqualTo(saga.value());
    }

    @Test
    void theOperatorsCallsAreThereAndRefuseLikeAllOthers() {
        assertThat(web.get().uri("/operations/outbox").exchange()).hasStatusOk().bodyJson()
                .hasPathSatisfying("$.fencingToken", token -> assertThat(token).isNotNull());
        assertThat(web.get().uri("/operations/subscriptions").exchange()).hasStatusOk().bodyJson()
                .extractingPath("$.items[0].state").isEqualTo("RUNNING");
        assertProblem(web.get().uri("/operations/parked-messages/" + Ids.next()).exchange(), HttpStatus.NOT_FOUND,
                "unknown-parked-message");
    }

    private static void assertProblem(MvcTestResult result, HttpStatus status, String code) {
        assertThat(result).hasStatus(status).hasContentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(result).bodyJson().extractingPath("$.code").isEqualTo(code);
        assertThat(result).bodyJson().hasPath("$.traceId");
    }

    private JsonNode parked() {
        var result = web.get().uri("/operations/parked-messages?key=" + order).exchange();
        return JsonMapper.shared().readTree(result.getResponse().getContentAsByteArray());
    }

    private Map<String, @Nullable Object> saidAs(String type) {
        return database
                .sql("select topic, payload, saga_id, causation_id from outbox where message_key = ? and type = ?")
                .param(order.toString()).param(type).query().singleRow();
    }

    /** Sends a release with this payload; answers its id. */
    private String send(String payload, SagaId saga) {
        var envelope = new Envelope(Ids.nextMessageId(), "/saga-orchestrator", MessageTypes.nameOf(ReleaseStock.class),
                "inventory/" + order, Instant.now(), order.toString(), null, 7, order.toString(), null, saga, null);
        var record = new ProducerRecord<>(Topic.INVENTORY_COMMANDS.topicName(), order.toString(), payload);
        envelope.toHeaders()
                .forEach((name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        try (var producer = new KafkaProducer<>(Map.of("bootstrap.servers", TestServers.bootstrapServers()),
                new StringSerializer(), new StringSerializer())) {
            var sent = producer.send(record);
            producer.flush();
            sent.resultNow();
        }
        return envelope.id().toString();
    }
}
