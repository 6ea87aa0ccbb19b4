package dev.waybill.messaging.outbox;

import dev.waybill.events.Envelope;
import dev.waybill.events.MessageTypes;
import dev.waybill.events.OrderEvent.OrderConfirmed;
import dev.waybill.events.OrderId;
import dev.waybill.messaging.Ids;
import dev.waybill.messaging.MessageSpans;
import dev.waybill.testing.TestServers;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The first messages to partitions that the broker is only just making: it may refuse the first batch and take the second,
 * as a partition that knows nothing of a producer takes any sequence number. The order of a key holds all the same, and
 * publication goes on: with several requests under way the producer would try the first one again for ever.
 */
class JustMadePartitionsTest {

    private static final int TOPICS = 4;
    private static final int PARTITIONS = 12;
    private static final int KEYS = 60;
    private static final int EACH = 6;

    private final List<OrderId> keys = Stream.generate(() -> new OrderId(Ids.next())).limit(KEYS).toList();

    @Test
    @Timeout(180)
    void theFirstMessagesStandInTheirOrder() throws Exception {
        for (int n = 0; n < TOPICS; n++) {
            String topic = "just-made-" + n;
            make(topic);
            publish(topic);
            Map<String, List<Long>> heard = read(topic);
            for (OrderId key : keys) {
                assertThat(heard.get(key.toString())).as("%s on %s", key, topic)
                        .isEqualTo(LongStream.rangeClosed(1, EACH).boxed().toList());
            }
        }
    }

    private static void make(String topic) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", TestServers.bootstrapServers()))) {
            // Answered as soon as the controller knows of it, which is before the broker leads its partitions.
            admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1))).all().get();
        }
    }

    private void publish(String topic) {
        Map<String, Object> settings = new HashMap<>(TopicPublisher.PRODUCER_SETTINGS);
        settings.put("bootstrap.servers", TestServers.bootstrapServers());
        // So that a request is under way for each few messages, as when messages come in one by one.
        settings.put("batch.size", 1);
        var publisher = new TopicPublisher(
                () -> new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer()),
                Duration.ofSeconds(5), MessageSpans.none());
        List<OutboxRow> rows = IntStream.range(0, KEYS * EACH).mapToObj(n -> row(topic, n)).toList();
        publisher.publish(rows, () -> {});
        publisher.discard();
    }

    private OutboxRow row(String topic, int n) {
        String key = keys.get(n % KEYS).toString();
        long number = n / KEYS + 1L;
        var envelope = new Envelope(Ids.nextMessageId(), "/test", MessageTypes.nameOf(OrderConfirmed.class),
                "order/" + key, Instant.now(), key, number, number, key, null, null, null);
        return new OutboxRow(topic, envelope, "{}");
    }

    private static Map<String, List<Long>> read(String topic) {
        Map<String, List<Long>> heard = new HashMap<>();
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", TestServers.bootstrapServers()), new StringDeserializer(),
                new ByteArrayDeserializer())) {
            Collection<TopicPartition> partitions = IntStream.range(0, PARTITIONS)
                    .mapToObj(partition -> new TopicPartition(topic, partition)).toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long end = consumer.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
            for (long read = 0; read < end;) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                    String number = new String(record.headers().lastHeader(Envelope.Header.SEQUENCE).value(),
                            StandardCharsets.UTF_8);
                    heard.computeIfAbsent(record.key(), _ -> new ArrayList<>()).add(Long.valueOf(number));
                    read++;
                }
            }
        }
        return heard;
    }
}
