package dev.waybill.system.scenario;

import dev.waybill.system.auditor.reading.Addresses.Service;
import dev.waybill.system.driver.Http.Answer;
import dev.waybill.system.driver.KafkaTopic;
import dev.waybill.system.driver.PlacedOrder;
import dev.waybill.system.driver.PlatformTest;
import dev.waybill.system.driver.Stranger;
import dev.waybill.system.driver.Waybill;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import static dev.waybill.system.scenario.Problems.assertProblem;
import static dev.waybill.system.scenario.Problems.assertProblemAt;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Poison on the topics of the running services: it is put aside, nothing else waits for it, and people see to it. What is said
 * by nobody leaves no trace in any order.
 */
@PlatformTest
@Order(2)
class ParkedMessagesIT {

    private static final String PARKED = "/operations/parked-messages";

    private final Waybill waybill;
    private final Stranger stranger;

    ParkedMessagesIT(Waybill waybill) {
        this.waybill = waybill;
        this.stranger = waybill.stranger();
    }

    @BeforeAll
    void nothingIsParked() {
        for (Service service : Service.values()) {
            assertThat(waybill.get(service, PARKED).json().path("items")).as("parked at %s", service).isEmpty();
        }
    }

    @AfterAll
    void everyInvariantHolds() {
        stranger.close();
        nothingIsParked();
        waybill.auditIsGreen();
    }

    @Test
    void poisonOfEveryKindIsPutAsideAndTheOrderBehindItIsFulfilled() {
        Map<Poison, String> keys = new LinkedHashMap<>();
        for (Poison poison : Poison.OF_EVERY_KIND) {
            keys.put(poison, UUID.randomUUID().toString());
        }
        double unknown = unknownTypes();
        // The gateway thinks about this card for some seconds.
        PlacedOrder order = waybill.order("FILTER-04", 1).paidBy("pm_card_slow").place();
        stranger.write(keys.entrySet().stream()
                .map(entry -> entry.getKey().record(entry.getValue(), KafkaTopic.partitionOf(order))).toList());
        assertThat(order.now()).as("most of its messages come behind the poison").hasToString("PENDING");

        assertThat(order.end()).hasToString("CONFIRMED");
        assertThat(partitionsOf(order)).containsExactly(KafkaTopic.partitionOf(order));
        keys.forEach((poison, key) -> {
            await().untilAsserted(() -> {
                for (Service service : Service.values()) {
                    assertThat(parked(service, key)).as("%s at %s", poison, service)
                            .hasSize(poison.parkedAt().contains(service) ? 1 : 0);
                }
            });
            poison.parkedAt().forEach(service -> isSeenAndDropped(poison, service, key));
        });
        assertThat(unknownTypes()).as("orders, sagas, mails and stock know of no such event").isEqualTo(unknown + 4);
    }

    private void isSeenAndDropped(Poison poison, Service service, String key) {
        JsonNode listed = parked(service, key).getFirst();
        assertThat(listed.path("state").asString()).isEqualTo("PARKED");
        assertThat(listed.path("reason").asString()).isNotBlank();
        assertThat(listed.path("topic").asString()).isEqualTo(poison.topic());
        String path = PARKED + "/" + listed.path("id").asString();
        JsonNode whole = waybill.get(service, path).json();
        assertThat(whole.path("stack").asString("")).contains("Exception");
        assertThat(whole.path("truncated").asBoolean(false)).isFalse();

        assertProblemAt(waybill.post(service, path + "/discard", Map.of()), 400, "/reason");
        Answer dropped = waybill.post(service, path + "/discard", Map.of("X-Operator", "carol"),
                "{\"reason\": \"nobody has said this\"}");

        assertThat(dropped.status()).as(dropped.body()).isEqualTo(200);
        assertProblem(waybill.look(service, path), 404);
        JsonNode act = waybill.get(service, "/operations/parked-acts?key=" + key).json().path("items").path(0);
        assertThat(act.path("kind").asString()).isEqualTo("DISCARDED");
        assertThat(act.path("who").asString()).isEqualTo("carol");
        assertThat(act.path("why").asString()).isEqualTo("nobody has said this");
    }

    /** Stock is released before it is reserved: only in this order is the reservation refused. */
    @Test
    void whatIsRepairedIsHandledAndThenWhatWaitsBehindIt() {
        String key = UUID.randomUUID().toString();
        ProducerRecord<String, byte[]> release = Poison.command("release-stock", key, "{\"orderId\": 7}");
        ProducerRecord<String, byte[]> reserve = Poison.command("reserve-stock", key,
                "{\"orderId\": \"%s\", \"lines\": [{\"sku\": \"FILTER-04\", \"quantity\": 1}]}".formatted(key));
        stranger.write(List.of(release, reserve));
        await().untilAsserted(() -> assertThat(parked(Service.INVENTORY, key))
                .extracting(one -> one.path("state").asString())
                .containsExactlyInAnyOrder("PARKED", "WAITING_BEHIND"));
        String first = pathOf(key, "PARKED");
        String behind = pathOf(key, "WAITING_BEHIND");
        assertProblem(waybill.post(Service.INVENTORY, behind + "/replay", Map.of(), ""), 409);
        assertThat(tried(first).path("result").asString()).isEqualTo("FAULT");

        isEditedByWhoSawIt(first, key);

        JsonNode would = tried(first);
        assertThat(would.path("result").asString()).isEqualTo("HANDLED");
        assertThat(would.path("says").path(0).path("type").asString())
                .isEqualTo("dev.waybill.inventory.stock-released.v1");
        assertThat(parked(Service.INVENTORY, key)).as("it was only tried").hasSize(2);
        assertThat(answersOf(key)).isEmpty();

        Answer replayed = waybill.post(Service.INVENTORY, first + "/replay", Map.of("X-Operator", "carol"),
                "{\"reason\": \"repaired\"}");

        assertThat(replayed.status()).as(replayed.body()).isEqualTo(200);
        assertThat(replayed.json().path("handled").asInt()).isEqualTo(2);
        assertThat(replayed.json().path("ended").asString()).isEqualTo("ALL_HANDLED");
        await().untilAsserted(() -> assertThat(answersOf(key)).containsExactly(
                "stock-released of " + KafkaTopic.header(release.headers(), "ce_id"),
                "stock-refused of " + KafkaTopic.header(reserve.headers(), "ce_id")));
        assertThat(waybill.get(Service.INVENTORY, "/operations/parked-acts?key=" + key).json().path("items")
                .valueStream().map(act -> act.path("kind").asString())).containsExactly("HANDLED", "HANDLED",
                        "DRY_RUN", "EDITED", "DRY_RUN");
    }

    private void isEditedByWhoSawIt(String path, String key) {
        String repaired = "{\"payload\": {\"orderId\": \"%s\"}, \"reason\": \"the id was no id\"}".formatted(key);
        String version = requireNonNull(waybill.get(Service.INVENTORY, path).headers().get("etag"));
        assertProblem(edit(path, Map.of(), repaired), 428);
        assertProblem(edit(path, Map.of("If-Match", "\"99\""), repaired), 412);
        assertProblemAt(edit(path, Map.of("If-Match", version), "{\"payload\": {}}"), 400, "/reason");
        assertProblemAt(edit(path, Map.of("If-Match", version), "{\"reason\": \"?\"}"), 400, "/payload");

        Answer edited = edit(path, Map.of("If-Match", version), repaired);

        assertThat(edited.status()).as(edited.body()).isEqualTo(200);
        assertThat(edited.json().path("original").path("payload").asString()).isEqualTo("{\"orderId\": 7}");
        assertThat(edited.json().path("diff").path(0).path("pointer").asString()).isEqualTo("/orderId");
        assertProblem(edit(path, Map.of("If-Match", version), repaired), 412);
    }

    private Answer edit(String path, Map<String, String> headers, String body) {
        return waybill.put(Service.INVENTORY, path, headers, body);
    }

    private JsonNode tried(String path) {
        Answer tried = waybill.post(Service.INVENTORY, path + "/dry-run", Map.of(), "");
        assertThat(tried.status()).as(tried.body()).isEqualTo(200);
        return tried.json();
    }

    private String pathOf(String key, String state) {
        return PARKED + "/" + parked(Service.INVENTORY, key).stream()
                .filter(one -> one.path("state").asString().equals(state)).findFirst().orElseThrow().path("id")
                .asString();
    }

    private List<JsonNode> parked(Service service, String key) {
        return waybill.get(service, PARKED + "?key=" + key).json().path("items").valueStream().toList();
    }

    /** What inventory has said under this key, and to which command. */
    private List<String> answersOf(String key) {
        return new KafkaTopic(waybill.addresses(), "inventory.events").records().stream()
                .filter(record -> key.equals(record.key()))
                .map(record -> "%s of %s".formatted(
                        KafkaTopic.header(record.headers(), "ce_type").replaceFirst(".*\\.(.+)\\.v1", "$1"),
                        KafkaTopic.header(record.headers(), "ce_causationid")))
                .distinct().toList();
    }

    private Set<Integer> partitionsOf(PlacedOrder order) {
        return Set.copyOf(new KafkaTopic(waybill.addresses(), "payment.commands").records().stream()
                .filter(record -> order.id().equals(record.key())).map(record -> record.partition()).toList());
    }

    /** Over all services and their subscriptions. */
    private double unknownTypes() {
        double sum = 0;
        for (Service service : Service.values()) {
            sum += waybill.get(service, "/actuator/prometheus").body().lines()
                    .filter(line -> line.startsWith("messages_unknown_type_total"))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ')))).sum();
        }
        return sum;
    }
}
