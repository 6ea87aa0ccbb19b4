package dev.waybill.benchmarks.relay;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;

/** How many records stand on a topic. */
final class TopicGauge implements AutoCloseable {

    private static final int PARTITIONS = 12;

    private final String broker;
    private final KafkaConsumer<byte[], byte[]> consumer;

    TopicGauge(int kafkaPort) {
        this.broker = "127.0.0.1:" + kafkaPort;
        this.consumer = new KafkaConsumer<>(Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, broker),
                new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    void make(String topic) throws InterruptedException {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker))) {
            admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1))).all().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("The topic %s could not be made".formatted(topic), e);
        }
    }

    long records(String topic) {
        return consumer.endOffsets(IntStream.range(0, PARTITIONS).mapToObj(n -> new TopicPartition(topic, n)).toList())
                .values().stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
