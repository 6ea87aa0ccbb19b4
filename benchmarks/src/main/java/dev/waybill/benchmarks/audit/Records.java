package dev.waybill.benchmarks.audit;

import dev.waybill.events.Topic;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;

/** All topics' records, multiplied, in the order in which they stand there; and every group has consumed the copies, too. */
final class Records {

    private static final Duration GROUPS_EMPTY_WITHIN = Duration.ofMinutes(1);

    private final String kafka;
    private final int copies;
    private final long orderNumbers;

    /** @param copies how many there are to be besides the original */
    Records(int port, int copies, long orderNumbers) {
        this.kafka = "127.0.0.1:" + port;
        this.copies = copies;
        this.orderNumbers = orderNumbers;
    }

    private record Form(String topic, long timestamp, Template key, Map<String, Template> headers, Template payload) {

        /** To whichever partition its key belongs. */
        ProducerRecord<String, String> copy(int copy) {
            var record = new ProducerRecord<>(topic, null, timestamp, key.copy(copy), payload.copy(copy));
            headers.forEach((name, value) -> record.headers().add(name, value.copy(copy).getBytes(UTF_8)));
            return record;
        }
    }

    void multiply() throws InterruptedException {
        List<Form> forms = read();
        Queue<Exception> failures = new ConcurrentLinkedQueue<>();
        try (var producer = new KafkaProducer<>(Map.<String, Object>of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka, ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024,
                ProducerConfig.LINGER_MS_CONFIG, 20), new StringSerializer(), new StringSerializer())) {
            for (int copy = 1; copy <= copies; copy++) {
                for (Form form : forms) {
                    var _ = producer.send(form.copy(copy), (_, failed) -> {
                        if (failed != null) {
                            failures.add(failed);
                        }
                    });
                }
            }
            producer.flush();
        }
        if (!failures.isEmpty()) {
            throw new IllegalStateException("A copy is not on its topic", failures.peek());
        }
        try {
            markAsConsumed();
        } catch (ExecutionException e) {
            throw new IllegalStateException("The groups' offsets could not be set", e);
        }
    }

    private List<Form> read() {
        List<Form> forms = new ArrayList<>();
        Map<String, Object> settings = Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka);
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = Arrays.stream(Topic.values())
                    .flatMap(topic -> consumer.partitionsFor(topic.topicName()).stream())
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition())).toList();
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (partitions.stream()
                    .anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> forms.add(form(record)));
            }
        }
        return forms;
    }

    private Form form(ConsumerRecord<String, String> record) {
        Map<String, Template> headers = new LinkedHashMap<>();
        for (Header header : record.headers()) {
            headers.put(header.key(), Template.of(new String(header.value(), UTF_8), orderNumbers));
        }
        return new Form(record.topic(), record.timestamp(), Template.of(record.key(), orderNumbers), headers,
                Template.of(record.value(), orderNumbers));
    }

    private void markAsConsumed() throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka));
                var consumer = new KafkaConsumer<>(Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, (Object) kafka),
                        new StringDeserializer(), new StringDeserializer())) {
            for (GroupListing group : admin.listGroups().all().get()) {
                Set<String> topics = admin.listConsumerGroupOffsets(group.groupId()).partitionsToOffsetAndMetadata()
                        .get().keySet().stream().map(TopicPartition::topic).collect(toSet());
                List<TopicPartition> partitions = topics.stream()
                        .flatMap(topic -> consumer.partitionsFor(topic).stream())
                        .map(partition -> new TopicPartition(partition.topic(), partition.partition())).toList();
                Map<TopicPartition, OffsetAndMetadata> ends = new HashMap<>();
                consumer.endOffsets(partitions).forEach((partition, end) -> ends.put(partition,
                        new OffsetAndMetadata(end)));
                commit(admin, group.groupId(), ends);
            }
        }
    }

    /** Members that were ended without saying so are members until the broker misses them. */
    private static void commit(Admin admin, String group, Map<TopicPartition, OffsetAndMetadata> offsets)
            throws ExecutionException, InterruptedException {
        long giveUp = System.nanoTime() + GROUPS_EMPTY_WITHIN.toNanos();
        while (true) {
            try {
                admin.alterConsumerGroupOffsets(group, offsets).all().get();
                return;
            } catch (ExecutionException e) {
                boolean notEmpty = e.getCause() instanceof GroupNotEmptyException
                        || e.getCause() instanceof UnknownMemberIdException;
                if (!notEmpty || System.nanoTime() > giveUp) {
                    throw e;
                }
                LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
            }
        }
    }
}
