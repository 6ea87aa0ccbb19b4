package dev.waybill.messaging.replay;

import dev.waybill.messaging.Ids;
import dev.waybill.testing.TestServers;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;

import static org.awaitility.Awaitility.await;

/** Topics for replays, and all that lies on a topic. */
final class Topics {

    private static final Map<String, Object> SERVERS = Map.of("bootstrap.servers", TestServers.bootstrapServers());

    private Topics() {}

    static Map<String, Object> servers() {
        return SERVERS;
    }

    /** A new topic of three partitions. */
    static String fresh() {
        String name = "history-" + Ids.next();
        try (Admin admin = Admin.create(SERVERS)) {
            admin.createTopics(List.of(new NewTopic(name, 3, (short) 1))).all().get();
            // The controller has made it; the broker may hear of it a moment later.
            await().atMost(Duration.ofSeconds(60)).ignoreExceptions()
                    .until(() -> !admin.describeTopics(List.of(name)).allTopicNames().get().isEmpty());
        } catch (ExecutionException e) {
            throw new IllegalStateException("The topic could not be made", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return name;
    }

    /** A record without its place. */
    record Heard(String key, Map<String, String> headers, String value) {

        private static Heard of(ConsumerRecord<String, String> record) {
            Map<String, String> headers = new TreeMap<>();
            record.headers().forEach(
                    header -> headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
            return new Heard(record.key(), headers, record.value());
        }
    }

    /** Everything that lies there, partition by partition in its order. */
    static List<Heard> everythingOn(String topic) {
        List<Heard> all = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(SERVERS, new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition())).toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofSeconds(1)).forEach(record -> all.add(Heard.of(record)));
            }
        }
        return all;
    }
}
