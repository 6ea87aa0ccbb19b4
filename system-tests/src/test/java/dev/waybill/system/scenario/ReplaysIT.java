package dev.waybill.system.scenario;

import dev.waybill.system.auditor.reading.Addresses.Service;
import dev.waybill.system.driver.Http.Answer;
import dev.waybill.system.driver.KafkaTopic;
import dev.waybill.system.driver.PlacedOrder;
import dev.waybill.system.driver.PlatformTest;
import dev.waybill.system.driver.Waybill;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static dev.waybill.system.scenario.Problems.assertProblem;
import static dev.waybill.system.scenario.Problems.assertProblemAt;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A newcomer's topic is filled from the event store: with the same messages, of each order in the same order. */
@PlatformTest
@Order(2)
class ReplaysIT {

    private static final String REPLAYS = "/operations/replays";

    private final Waybill waybill;
    private final KafkaTopic newcomers;

    ReplaysIT(Waybill waybill) {
        this.waybill = waybill;
        this.newcomers = topic("newcomer-" + System.nanoTime());
    }

    @Test
    void allThatWasEverSaidOrOnlyWhatWasSaidInAWhile() {
        PlacedOrder early = settled();
        Instant from = Instant.now();
        PlacedOrder inBetween = settled();
        Instant to = Instant.now();
        PlacedOrder late = settled();
        waybill.auditIsGreen();
        Map<String, List<String>> said = messages(topic("payment.events"));
        // Another number of partitions than services have, so that nothing is in order by chance.
        newcomers.make(5);

        JsonNode whole = replayed("{\"topic\": \"%s\"}".formatted(newcomers.name()));

        assertThat(said).containsKeys(early.id(), inBetween.id(), late.id());
        assertThat(messages(newcomers)).isEqualTo(said);
        assertThat(whole.path("published").asLong()).isEqualTo(whole.path("total").asLong())
                .isEqualTo(said.values().stream().mapToLong(List::size).sum());

        KafkaTopic shorter = topic(newcomers.name() + "-shorter");
        shorter.make(1);
        replayed("{\"topic\": \"%s\", \"from\": \"%s\", \"to\": \"%s\"}".formatted(shorter.name(), from, to));

        assertThat(messages(shorter)).isEqualTo(Map.of(inBetween.id(), requireNonNull(said.get(inBetween.id()))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"topic": "nobody-made-it"}                                                 | 422 | /topic
            {"topic": "payment.events"}                                                 | 422 | /topic
            {"topic": "order.commands"}                                                 | 422 | /topic
            {"topic": "__consumer_offsets"}                                             | 422 | /topic
            {"topic": "no topic"}                                                       | 400 | /topic
            {}                                                                          | 400 | /topic
            {"topic": "t", "from": "noon"}                                              | 400 | /from
            {"topic": "t", "from": "2026-11-21T14:00:00Z", "to": "2026-11-21T14:00:00Z"} | 400 | /to
            {"topic": "t", "to": "+1000000000-12-31T23:59:59Z"}                         | 400 | /to
            {"topic": "t", "ratePerSecond": 0}                                          | 400 | /ratePerSecond
            {"topic": "t", "until": "2026-11-21T14:00:00Z"}                             | 400 | /until
            """)
    void whatCannotBeReplayedIsRefused(String body, int status, String pointer) {
        assertProblemAt(waybill.post(Service.PAYMENT, REPLAYS, Map.of(), body), status, pointer);
    }

    @Test
    void aReplayThatThereIsNotIsNotFound() {
        assertProblem(waybill.look(Service.PAYMENT, REPLAYS + "/0199f3a1-6c3e-7d52-9b1a-5f0c2e8d4a10"), 404);
        assertProblem(waybill.look(Service.PAYMENT, REPLAYS + "/latest"), 404);
    }

    private JsonNode replayed(String body) {
        Answer asked = waybill.post(Service.PAYMENT, REPLAYS, Map.of(), body);
        assertThat(asked.status()).as(asked.body()).isEqualTo(202);
        String path = requireNonNull(asked.headers().get("location"));
        await().atMost(Duration.ofSeconds(30)).until(
                () -> !waybill.get(Service.PAYMENT, path).json().path("status").asString().equals("RUNNING"));
        JsonNode ended = waybill.get(Service.PAYMENT, path).json();
        assertThat(ended.path("status").asString()).as(ended.toString()).isEqualTo("COMPLETED");
        assertThat(waybill.get(Service.PAYMENT, REPLAYS).json().path("items").valueStream()
                .map(replay -> replay.path("id").asString())).contains(ended.path("id").asString());
        return ended;
    }

    private PlacedOrder settled() {
        PlacedOrder order = waybill.order("FILTER-04", 1).place();
        assertThat(order.end()).hasToString("CONFIRMED");
        return order;
    }

    private KafkaTopic topic(String name) {
        return new KafkaTopic(waybill.addresses(), name);
    }

    /** By order, each where it stands first. */
    private static Map<String, List<String>> messages(KafkaTopic topic) {
        Map<String, List<String>> messages = new HashMap<>();
        for (ConsumerRecord<String, byte[]> record : topic.records()) {
            List<String> ofTheOrder = messages.computeIfAbsent(record.key(), key -> new ArrayList<>());
            String message = "%s %s %s".formatted(KafkaTopic.header(record.headers(), "ce_id"),
                    KafkaTopic.header(record.headers(), "ce_type"), new String(record.value(), UTF_8));
            if (!ofTheOrder.contains(message)) {
                ofTheOrder.add(message);
            }
        }
        return messages;
    }
}
