package dev.waybill.messaging.outbox;

import dev.waybill.events.Envelope;
import dev.waybill.events.MessageTypes;
import dev.waybill.events.OrderEvent.OrderDelivered;
import dev.waybill.events.OrderId;
import dev.waybill.events.Topic;
import dev.waybill.messaging.Ids;
import dev.waybill.messaging.MessageJson;
import dev.waybill.testing.TestServers;
import dev.waybill.testing.TestServers.Database;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What a service had consumed between the backup and its end is lost with the database, and how it comes again. */
@Tag("long")
class RestoredConsumersTest {

    private static final Map<String, Object> KAFKA = Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, TestServers.bootstrapServers());

    private final String name = "restorable-" + Ids.next();
    private final Database database = TestServers.freshDatabase("restorable");
    private final List<OrderId> before = orders();
    private final List<OrderId> after = orders();
    private final List<OrderId> later = orders();

    @Test
    void withoutItsGroupsSetBackAServiceNeverHearsAgainWhatItHasLost() throws Exception {
        Database backup = consumedSince();
        try (var service = start(backup)) {
            delivered(later);
            awaitHandled(later, 1);
            awaitHandled(after, 1);
            assertThat(service.number("select count(*) from inbox")).isEqualTo(before.size() + later.size());
        }
    }

    @Test
    void withItsGroupsSetBackItHearsThatAgainAndNothingElse() throws Exception {
        Instant beginning = Instant.now();
        Database backup = consumedSince();
        setBack(beginning);
        try (var service = start(backup)) {
            awaitHandled(after, 2);
            delivered(later);
            awaitHandled(later, 1);
            awaitHandled(before, 1);
            assertThat(service.number("select count(*) from inbox"))
                    .isEqualTo(before.size() + after.size() + later.size());
        }
    }

    private RestorableService start(Database on) {
        return RestorableService.start(name, on, TestServers.bootstrapServers(), RestorableService.LISTENING + "=true");
    }

    private Database consumedSince() throws Exception {
        setBack(Instant.now());
        try (var _ = start(database)) {
            delivered(before);
            awaitHandled(before, 1);
        }
        Database backup = RestorableService.copyOf(database);
        try (var _ = start(database)) {
            delivered(after);
            awaitHandled(after, 1);
        }
        return backup;
    }

    private static void awaitHandled(List<OrderId> orders, int times) {
        await().atMost(RestorableService.SOON).untilAsserted(() -> assertThat(
                orders.stream().map(order -> RestorableService.HANDLED.stream().filter(order::equals).count()))
                .containsOnly((long) times));
    }

    private static List<OrderId> orders() {
        return Stream.generate(() -> new OrderId(Ids.next())).limit(10).toList();
    }

    /** Said by somebody else. */
    private static void delivered(List<OrderId> orders) {
        List<Future<RecordMetadata>> sends = new ArrayList<>();
        try (var producer = new KafkaProducer<>(KAFKA, new StringSerializer(), new ByteArraySerializer())) {
            for (OrderId order : orders) {
                var envelope = new Envelope(Ids.nextMessageId(), "/others", MessageTypes.nameOf(OrderDelivered.class),
                        "order/" + order, Instant.now(), order.toString(), 1L, 1, order.toString(), null, null, null);
                var record = new ProducerRecord<>(Topic.ORDER_EVENTS.topicName(), order.toString(),
                        MessageJson.write(new OrderDelivered(order)).getBytes(StandardCharsets.UTF_8));
                envelope.toHeaders()
                        .forEach((header, text) -> record.headers().add(header, text.getBytes(StandardCharsets.UTF_8)));
                sends.add(producer.send(record));
            }
        }
        assertThat(sends).extracting(Future::state).containsOnly(Future.State.SUCCESS);
    }

    /** As {@code kafka-consumer-groups --reset-offsets --to-datetime} does; to the ends where nothing came since then. */
    private void setBack(Instant to) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> first = new HashMap<>();
        Map<TopicPartition, OffsetSpec> last = new HashMap<>();
        IntStream.range(0, Topic.PARTITIONS).mapToObj(n -> new TopicPartition(Topic.ORDER_EVENTS.topicName(), n))
                .forEach(partition -> {
                    first.put(partition, OffsetSpec.forTimestamp(to.toEpochMilli()));
                    last.put(partition, OffsetSpec.latest());
                });
        try (Admin admin = Admin.create(KAFKA)) {
            Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
            admin.listOffsets(last).all().get()
                    .forEach((partition, end) -> offsets.put(partition, new OffsetAndMetadata(end.offset())));
            admin.listOffsets(first).all().get().forEach((partition, found) -> {
                if (found.offset() >= 0) {
                    offsets.put(partition, new OffsetAndMetadata(found.offset()));
                }
            });
            await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> {
                admin.alterConsumerGroupOffsets(name + ".deliveries", offsets).all().get();
                return true;
            });
        }
    }
}
