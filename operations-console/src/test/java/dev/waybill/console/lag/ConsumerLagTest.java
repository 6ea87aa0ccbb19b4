package dev.waybill.console.lag;

import dev.waybill.testing.RealServers;
import dev.waybill.testing.TestServers;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Against a real broker, with groups that read and groups that have died. */
@SpringBootTest(properties = {
        "waybill.console.consumers.expected=never-joined",
        // Looked at when the test says so.
        "waybill.console.consumers.every=1h"})
@AutoConfigureMockMvc
@ContextConfiguration(initializers = RealServers.class)
class ConsumerLagTest {

    private final String topic = "lag-" + UUID.randomUUID();
    private final String group = "readers-" + UUID.randomUUID();

    @Autowired
    private ConsumerLag lag;

    @Autowired
    private LagHistory history;

    @Autowired
    private MockMvcTester http;

    @BeforeEach
    void makeTopic() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", TestServers.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(topic, 2, (short) 1))).all().get();
        }
    }

    @Test
    void aDeadGroupsLagIsSeenAndGrowsAndItsAgeIsThatOfTheFirstRecordThatWaits() throws Exception {
        send(0, "done", Instant.now().minusSeconds(7_000));
        read();
        send(0, "waits", Instant.now().minusSeconds(3_600));
        send(0, "waits too", Instant.now());

        GroupLag first = look();
        assertThat(first.members()).isEmpty();
        assertThat(first.lag()).hasValue(2);
        // A record that does not come in time is asked for again with the next look.
        await().untilAsserted(() -> assertThat(look().behind()).isBetween(Duration.ofSeconds(3_600),
                Duration.ofSeconds(3_700)));

        send(1, "on a partition that it has never committed", Instant.now());
        assertThat(look().lag()).hasValue(3);
        assertThat(metrics()).contains(
                "kafka_consumergroup_lag{application=\"operations-console\",consumergroup=\"%s\",partition=\"0\",topic=\"%s\"} 2.0"
                        .formatted(group, topic),
                "kafka_consumergroup_current_offset{application=\"operations-console\",consumergroup=\"%s\",partition=\"0\",topic=\"%s\"} 1.0"
                        .formatted(group, topic),
                "kafka_topic_partition_current_offset{application=\"operations-console\",partition=\"0\",topic=\"%s\"} 3.0"
                        .formatted(topic),
                "kafka_consumergroup_members{application=\"operations-console\",consumergroup=\"%s\"} 0.0"
                        .formatted(group))
                .containsPattern(
                        "kafka_consumergroup_lag_seconds\\{.*consumergroup=\"%s\",partition=\"0\".*} 36\\d\\d\\."
                                .formatted(group));
    }

    @Test
    void aGroupThatIsDoneIsNotBehind() throws Exception {
        send(0, "done", Instant.now().minusSeconds(3_600));
        read();

        assertThat(look().lag()).hasValue(0);
        assertThat(look().behind()).isZero();
    }

    @Test
    void aGroupThatHasToBeThereAndIsNotIsSeen() throws Exception {
        lag.look();

        assertThat(metrics()).contains(
                "kafka_consumergroup_members{application=\"operations-console\",consumergroup=\"never-joined\"} 0.0",
                "kafka_consumergroup_expected{application=\"operations-console\",consumergroup=\"never-joined\"} 1.0")
                .doesNotContainPattern("kafka_consumergroup_lag.*never-joined");
        assertThat(http.get().uri("/consumers")).hasStatusOk().bodyText()
                .contains("never-joined", "has never joined, or is forgotten", "messages: <b>not known</b>");
        assertThat(history.all(Instant.now().minusSeconds(60), Instant.now(), Line.PART)).doesNotContainKey(
                "never-joined");
    }

    @Test
    void aGroupThatReadsAndHasNotDoneAnythingYetHasAllThatIsThereBeforeIt() throws Exception {
        send(0, "waits", Instant.now().minusSeconds(3_600));
        send(1, "waits", Instant.now());
        try (KafkaConsumer<String, String> consumer = consumer()) {
            consumer.subscribe(List.of(topic));
            while (consumer.poll(Duration.ofMillis(200)).isEmpty()) {
                Thread.onSpinWait();
            }
            GroupLag group = look();

            assertThat(group.lag()).hasValue(2);
            await().untilAsserted(() -> assertThat(look().behind()).isBetween(Duration.ofSeconds(3_600),
                    Duration.ofSeconds(3_700)));
            assertThat(group.members()).singleElement().satisfies(member -> {
                assertThat(member.clientId()).startsWith("consumer-" + group.name());
                assertThat(member.host()).doesNotStartWith("/").isNotEmpty();
                assertThat(member.partitions()).hasSize(2);
            });
        }
    }

    @Test
    void aLookWithoutSecondsIsKeptToo() throws Exception {
        lag.seen(new ConsumerLag.Look(Instant.now(), List.of(new GroupLag(group, false, "EMPTY", List.of(),
                List.of(new GroupLag.Partition(new TopicPartition(topic, 0), 0, 7, null, null))))));

        assertThat(history.all(Instant.now().minusSeconds(60), Instant.now(), Line.PART).get(group)).singleElement()
                .extracting(LagHistory.Sample::lag).isEqualTo(7L);
    }

    @Test
    void whatWasSeenIsKeptForAWhile() throws Exception {
        send(0, "waits", Instant.now());
        read();
        send(0, "waits", Instant.now());
        look();

        assertThat(history.all(Instant.now().minusSeconds(60), Instant.now(), Line.PART).get(group)).isNotEmpty()
                .last().satisfies(sample -> assertThat(sample.lag()).isEqualTo(1));
    }

    private GroupLag look() {
        lag.look();
        return lag.latest().groups().stream().filter(seen -> seen.name().equals(group)).findFirst().orElseThrow();
    }

    private String metrics() throws Exception {
        return http.get().uri("/actuator/prometheus").exchange().getResponse().getContentAsString();
    }

    private void send(int partition, String value, Instant at) throws Exception {
        try (var producer = new KafkaProducer<>(Map.of("bootstrap.servers", TestServers.bootstrapServers()),
                new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, partition, at.toEpochMilli(), "key", value)).get();
        }
    }

    /** As a member of the group that reads all there is, commits and leaves. */
    private void read() {
        try (KafkaConsumer<String, String> consumer = consumer()) {
            consumer.subscribe(List.of(topic));
            while (consumer.poll(Duration.ofMillis(200)).isEmpty()) {
                // until it has joined
                Thread.onSpinWait();
            }
            consumer.commitSync();
        }
    }

    private KafkaConsumer<String, String> consumer() {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", TestServers.bootstrapServers(), "group.id", group, "auto.offset.reset",
                        "earliest", "enable.auto.commit", false),
                new StringDeserializer(), new StringDeserializer());
    }
}
