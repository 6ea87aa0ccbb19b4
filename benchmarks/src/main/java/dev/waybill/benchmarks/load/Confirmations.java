package dev.waybill.benchmarks.load;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Counts the orders on their way: a place for each is taken before it is placed and given back when its confirmation stands
 * on the topic {@code order.events}, for everyone to see.
 */
public final class Confirmations implements Places, AutoCloseable {

    private static final String TOPIC = "order.events";
    private static final byte[] CONFIRMED = "dev.waybill.order.confirmed.v1".getBytes(StandardCharsets.UTF_8);
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final int places;
    private final Semaphore free;
    private final Thread counting;

    /** @param places so many orders at most are on their way */
    public Confirmations(int kafkaPort, int places) {
        this.places = places;
        this.free = new Semaphore(places);
        this.consumer = new KafkaConsumer<>(
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:" + kafkaPort,
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false,
                        // Counting is to cost little: a few fetches a second rather than one for each record.
                        ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 16_384, ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 20),
                new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(TOPIC).stream()
                .map(partition -> new TopicPartition(TOPIC, partition.partition())).toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        this.counting = Thread.ofPlatform().name("confirmations").start(this::count);
    }

    private void count() {
        try {
            while (true) {
                int confirmed = 0;
                for (var record : consumer.poll(POLL)) {
                    var type = record.headers().lastHeader("ce_type");
                    confirmed += type != null && Arrays.equals(type.value(), CONFIRMED) ? 1 : 0;
                }
                free.release(confirmed);
            }
        } catch (WakeupException e) {
            consumer.close();
        }
    }

    @Override
    public boolean take() throws InterruptedException {
        return free.tryAcquire(30, TimeUnit.SECONDS);
    }

    @Override
    public void giveBack() {
        free.release();
    }

    @Override
    public int awaitAll(Duration bound) throws InterruptedException {
        if (free.tryAcquire(places, bound.toMillis(), TimeUnit.MILLISECONDS)) {
            free.release(places);
            return 0;
        }
        return places - free.availablePermits();
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            counting.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
