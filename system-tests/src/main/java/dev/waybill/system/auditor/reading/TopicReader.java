package dev.waybill.system.auditor.reading;

import dev.waybill.system.auditor.evidence.Evidence.Heard;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Every record of every topic of the platform, from the first to the last that is there when reading begins. In no group: it leaves no trace. */
final class TopicReader {

    private static final Duration BOUND = Duration.ofSeconds(60);

    private TopicReader() {}

    static List<Heard> everything(Addresses addresses) {
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, addresses.kafka(),
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false,
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.listTopics().entrySet().stream()
                    .filter(topic -> isOurs(topic.getKey()))
                    .flatMap(topic -> topic.getValue().stream())
                    .map(info -> new TopicPartition(info.topic(), info.partition())).toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            return readUntil(consumer.endOffsets(partitions), consumer);
        }
    }

    static boolean isOurs(String topic) {
        return topic.endsWith(".events") || topic.endsWith(".commands");
    }

    private static List<Heard> readUntil(Map<TopicPartition, Long> ends, KafkaConsumer<String, byte[]> consumer) {
        List<Heard> heard = new ArrayList<>();
        long giveUp = System.nanoTime() + BOUND.toNanos();
        Set<TopicPartition> open = new HashSet<>(ends.keySet());
        while (true) {
            open.removeIf(partition -> consumer.position(partition) >= ends.getOrDefault(partition, 0L));
            if (open.isEmpty()) {
                return heard;
            }
            if (System.nanoTime() > giveUp) {
                throw new UnreadableException("Not all topics could be read within %s".formatted(BOUND));
            }
            consumer.poll(Duration.ofMillis(200)).forEach(record -> heard.add(heardFrom(record)));
        }
    }

    private static Heard heardFrom(ConsumerRecord<String, byte[]> record) {
        Map<String, String> headers = new HashMap<>();
        for (Header header : record.headers()) {
            headers.merge(header.key(), text(header.value()), (one, other) -> one + ", " + other);
        }
        return new Heard(record.topic(), record.partition(), record.offset(), record.key(), headers,
                text(record.value()));
    }

    private static String text(byte @Nullable [] bytes) {
        return bytes == null ? "" : new String(bytes, UTF_8);
    }
}
