package dev.waybill.messaging.outbox;

import dev.waybill.events.Envelope.Header;
import dev.waybill.events.OrderId;
import dev.waybill.events.Topic;
import dev.waybill.messaging.Ids;
import dev.waybill.testing.TestServers;
import dev.waybill.testing.TestServers.Database;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

/**
 * A whole service over a real PostgreSQL and a real Kafka, whose database is set back to an earlier point, as a copy of the
 * whole database that was made then; and what must not be taken for that.
 */
@Tag("long")
@ExtendWith(OutputCaptureExtension.class)
class RestoredBackupTest {

    private static final Logger LOG = LoggerFactory.getLogger(RestoredBackupTest.class);
    private static final String KAFKA = TestServers.bootstrapServers();

    private final String name = "restorable-" + Ids.next();
    private final Database database = TestServers.freshDatabase("restorable");

    /** What the copy does not have: three messages of orders that it has, and two of orders that it has not. */
    private record Earlier(Database backup, List<OrderId> orders) {}

    private Earlier setBack() throws SQLException {
        List<OrderId> orders;
        try (var service = start(database)) {
            orders = service.orders(3);
            service.sayAndPublish(orders);
        }
        Database backup = RestorableService.copyOf(database);
        try (var service = start(database)) {
            service.sayAndPublish(orders);
            service.sayAndPublish(service.orders(2));
        }
        return new Earlier(backup, orders);
    }

    @Test
    void aDatabaseThatWasSetBackIsNotStartedOn(CapturedOutput output) throws SQLException {
        Earlier earlier = setBack();
        Forgotten forgotten = refused(earlier.backup());
        assertThat(forgotten.records()).isEqualTo(5);
        assertThat(forgotten.aggregates()).hasSize(5);
        earlier.orders().forEach(order -> assertThat(forgotten.aggregates()).containsEntry("order/" + order, 2L));
        // At least: where others have written so much to the broker that is shared that the one before is out of sight.
        assertThat(output.getOut()).containsPattern("Topics hold (at least )?5 messages of /" + name);
        assertThat(output).contains("APPLICATION FAILED TO START", forgotten.stretches().getFirst().toString(),
                "order/" + earlier.orders().getFirst() + " (up to 2)",
                "waybill.messaging.restored.seen-to=" + forgotten.asSeenTo());
        assertThat(numberIn(earlier.backup(), "select fencing_token from outbox_relay"))
                .as("take-overs: the one before the copy").isEqualTo(1);
    }

    @Test
    void whatWasSeenToLetsItStartAndNothingElseDoes() throws SQLException {
        Earlier earlier = setBack();
        String seenTo = refused(earlier.backup()).asSeenTo();
        String withoutTheLast = seenTo.contains(",")
                ? seenTo.substring(0, seenTo.lastIndexOf(','))
                : "order.events-0@0";
        Forgotten left = refused(earlier.backup(), "waybill.messaging.restored.seen-to=" + withoutTheLast);
        assertThat(left.asSeenTo()).isEqualTo(seenTo.substring(seenTo.lastIndexOf(',') + 1));

        try (var service = start(earlier.backup(), "waybill.messaging.restored.seen-to=" + seenTo)) {
            service.sayAndPublish(earlier.orders());
            assertThat(service.forgotten()).isZero();
        }
        // What the first one goes on to publish is not in the copy either.
        try (var service = start(database, "waybill.messaging.restored.seen-to=" + refused(database).asSeenTo())) {
            service.sayAndPublish(earlier.orders());
        }
        assertThat(refused(earlier.backup(), "waybill.messaging.restored.seen-to=" + seenTo).records()).isEqualTo(3);
    }

    @Test
    void afterTheCountersWereRaisedNoNumberIsGivenAgain() throws SQLException {
        Earlier earlier = setBack();
        Forgotten forgotten = refused(earlier.backup());
        try (var connection = earlier.backup().connect();
                var raise = connection.prepareStatement(
                        "update test_aggregate set event_sequence = greatest(event_sequence, ?) where 'order/' || id = ?")) {
            for (var aggregate : forgotten.aggregates().entrySet()) {
                raise.setLong(1, aggregate.getValue());
                raise.setString(2, aggregate.getKey());
                raise.executeUpdate();
            }
        }
        try (var service = start(earlier.backup(), "waybill.messaging.restored.seen-to=" + forgotten.asSeenTo())) {
            service.sayAndPublish(earlier.orders());
            assertThat(service.jdbc.queryForList("select max(sequence) from outbox group by subject", Long.class))
                    .containsOnly(3L);
        }
    }

    /** Nothing is forgotten, others have the last word in every partition, and some of it claims to be ours and is illegible. */
    @Test
    void amongRecordsOfOthersAMereRestartGoesOn() {
        try (var service = start(database)) {
            service.sayAndPublish(service.orders(40));
        }
        othersHaveTheLastWord();
        try (var service = start(database)) {
            service.sayAndPublish(service.orders(1));
            long began = System.nanoTime();
            service.check().afterPropertiesSet();
            var took = Duration.ofNanos(System.nanoTime() - began);
            LOG.info("The ends of {} partitions were looked at in {} ms", Topic.values().length * Topic.PARTITIONS,
                    took.toMillis());
            assertThat(service.check().state()).isEqualTo(new RestoreCheck.InOrder());
        }
    }

    @Test
    void aNewServiceStartsWhereOthersHavePublished() {
        othersHaveTheLastWord();
        try (var service = start(database)) {
            assertThat(service.forgotten()).isZero();
            service.sayAndPublish(service.orders(3));
        }
    }

    /** First both are new. Then the broker is another one, and the database knows what no topic there holds. */
    @Test
    void neitherANewBrokerNorOneThatWasWipedIsABackup() {
        var fresh = new EmbeddedKafkaKraftBroker(1, Topic.PARTITIONS,
                Arrays.stream(Topic.values()).map(Topic::topicName).toArray(String[]::new));
        fresh.brokerProperty("auto.create.topics.enable", "false");
        fresh.afterPropertiesSet();
        try {
            for (String broker : List.of(fresh.getBrokersAsString(), KAFKA, KAFKA)) {
                try (var service = RestorableService.start(name, database, broker)) {
                    assertThat(service.forgotten()).isZero();
                    service.sayAndPublish(service.orders(5));
                }
            }
        } finally {
            fresh.destroy();
        }
    }

    @Test
    void aBrokerThatIsAwayKeepsNobodyFromStartingAndIsAskedBeforeAnythingIsPublished() throws Exception {
        try (var kafka = new LateBroker(KAFKA);
                var service = RestorableService.start(name, database, kafka.address(),
                        "waybill.messaging.restored.patience=2s")) {
            service.say(service.orders(3));
            assertThat(service.check().state()).isInstanceOf(RestoreCheck.Unanswered.class);
            assertThat(service.forgotten()).isNaN();
            assertThat(service.backlog()).isEqualTo(3);
            kafka.comesBack();
            await().atMost(RestorableService.SOON).until(() -> service.backlog() == 0);
            assertThat(service.forgotten()).isZero();
        }
    }

    /** The copy is found out when Kafka is back, after more has been said than is published. */
    @Test
    void aDatabaseThatWasSetBackWhileKafkaIsAwayPublishesNothing(CapturedOutput output) throws Exception {
        Earlier earlier = setBack();
        long said = recordsOf(name);
        try (var kafka = new LateBroker(KAFKA);
                var service = RestorableService.start(name, earlier.backup(), kafka.address(),
                        "waybill.messaging.restored.patience=2s")) {
            service.say(earlier.orders());
            kafka.comesBack();
            await().atMost(RestorableService.SOON)
                    .until(() -> service.check().state() instanceof RestoreCheck.Behind);
            assertThat(service.forgotten()).isEqualTo(5);
            assertThat(output).contains("Nothing is published or handled any more", "order.events-");
            await().during(Duration.ofSeconds(1)).atMost(RestorableService.SOON).until(() -> service.backlog() == 3);
            assertThat(recordsOf(name)).isEqualTo(said);
            assertThatThrownBy(service.check()::beforeHandling).hasMessageContaining("5 messages");
        }
    }

    private RestorableService start(Database on, String... settings) {
        return RestorableService.start(name, on, KAFKA, settings);
    }

    private Forgotten refused(Database on, String... settings) {
        Throwable failure = catchThrowableOfType(Throwable.class, () -> start(on, settings).close());
        assertThat(failure).as("the start").isNotNull();
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .filter(OutboxIsBehindException.class::isInstance).map(OutboxIsBehindException.class::cast)
                .map(OutboxIsBehindException::forgotten).findFirst().orElseThrow(() -> new AssertionError(failure));
    }

    private static long numberIn(Database database, String sql) throws SQLException {
        try (var connection = database.connect(); var rows = connection.createStatement().executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static long recordsOf(String name) {
        return new TopicTails("/" + name, Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, KAFKA))
                .last(5_000, Duration.ofSeconds(20)).stream().mapToLong(tail -> tail.own().size()).sum();
    }

    /** In every partition of every topic: some that are of others, or of nobody, and one that says it is ours and no more. */
    private void othersHaveTheLastWord() {
        List<Future<RecordMetadata>> sends = new ArrayList<>();
        Map<String, Object> settings = Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, KAFKA);
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            for (Topic topic : Topic.values()) {
                for (int partition = 0; partition < Topic.PARTITIONS; partition++) {
                    for (int n = 0; n < RestoreCheck.DEPTH / 2; n++) {
                        var record = new ProducerRecord<>(topic.topicName(), partition, "k",
                                "poison".getBytes(StandardCharsets.UTF_8));
                        record.headers().add(Header.SOURCE,
                                (n == 0 ? "/" + name : "/others").getBytes(StandardCharsets.UTF_8));
                        sends.add(producer.send(record));
                    }
                }
            }
        }
        assertThat(sends).extracting(Future::state).containsOnly(Future.State.SUCCESS);
    }
}
