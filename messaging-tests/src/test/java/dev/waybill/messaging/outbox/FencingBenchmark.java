package dev.waybill.messaging.outbox;

import dev.waybill.events.Envelope;
import dev.waybill.events.MessageId;
import dev.waybill.events.OrderId;
import dev.waybill.events.Topic;
import dev.waybill.messaging.Ids;
import dev.waybill.messaging.MessagingSettings;
import dev.waybill.testing.TestServers;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What it costs to have Kafka fence a publisher that was overtaken. No test by its name: {@code mvn -pl messaging -am test
 * -Dtest=FencingBenchmark -Dsurefire.failIfNoSpecifiedTests=false} runs it, and the report is in its output. Both sides share
 * one machine with their servers; the rounds take turns, so that what is compared had the same weather.
 */
class FencingBenchmark {

    private static final Logger LOG = LoggerFactory.getLogger(FencingBenchmark.class);
    private static final MessagingSettings.Relay SETTINGS = new MessagingSettings.Relay(
            500, Duration.ofSeconds(3), Duration.ofMillis(100));
    private static final int ROUNDS = 5;
    private static final int BACKLOG = 20_000;
    private static final int SINGLE = 200;
    private static final Duration APART = Duration.ofMillis(20);

    private enum Promise {

        FIRST_OCCURRENCES("read_uncommitted"), FENCED("read_committed");

        private final String isolation;

        Promise(String isolation) {
            this.isolation = isolation;
        }

        TopicPublisher publisher() {
            var producer = SpeakingService.producerSettings(TestServers.bootstrapServers(), SETTINGS);
            return switch (this) {
                case FIRST_OCCURRENCES -> SpeakingService.toKafka(TestServers.bootstrapServers(), SETTINGS);
                case FENCED -> new FencedPublisher(producer, "relay-" + Ids.next());
            };
        }
    }

    private record Figures(List<Double> perSecond, List<Double> median, List<Double> p99) {}

    @Test
    void fencedByKafkaAgainstFirstOccurrencesInOrder() {
        Awaitility.setDefaultTimeout(Duration.ofMinutes(2));
        Awaitility.setDefaultPollInterval(Duration.ofMillis(5));
        Map<Promise, Figures> figures = new EnumMap<>(Promise.class);
        for (Promise promise : Promise.values()) {
            measure(promise);
            figures.put(promise, new Figures(new ArrayList<>(), new ArrayList<>(), new ArrayList<>()));
        }
        for (int round = 0; round < ROUNDS; round++) {
            figures.forEach((promise, all) -> {
                Figures one = measure(promise);
                all.perSecond().addAll(one.perSecond());
                all.median().addAll(one.median());
                all.p99().addAll(one.p99());
            });
        }
        figures.forEach(
                (promise, all) -> LOG.info("{}: {} events/s; commit to consumer at {}/s {} ms median, {} ms p99",
                        promise, told(all.perSecond()), 1000 / APART.toMillis(), told(all.median()), told(all.p99())));
        assertThat(figures).hasSize(2);
    }

    private static Figures measure(Promise promise) {
        var service = new SpeakingService("/fencing/" + Ids.next(), TestServers.freshDatabase("fencing").url(),
                SETTINGS,
                SpeakingService.inOrder(), promise.publisher());
        try (service; var arrivals = new Arrivals(promise.isolation)) {
            service.withSchema();
            double perSecond = drained(service);
            List<Double> millis = singly(service, arrivals);
            return new Figures(List.of(perSecond), List.of(at(millis, 0.5)), List.of(at(millis, 0.99)));
        }
    }

    /** How fast a backlog goes out, once the first batch is there. */
    private static double drained(SpeakingService service) {
        service.jdbc.update(
                """
                        insert into outbox (message_id, topic, message_key, type, source, subject, sequence, logical_time,
                                            correlation_id, said_at, payload)
                        select gen_random_uuid(), 'order.events', 'k' || n, 'dev.waybill.order.confirmed.v1', ?, 'order/' || n, 1,
                               1, 'c', now(), '{"orderId":"0198c0de-0000-7000-8000-000000000000"}'
                        from generate_series(1, ?) n
                        """,
                service.source, BACKLOG);
        service.relay.start();
        await().until(() -> mark(service) > 0);
        long first = mark(service);
        long began = System.nanoTime();
        await().until(() -> mark(service) == BACKLOG);
        return (BACKLOG - first) * 1e9 / (System.nanoTime() - began);
    }

    private static List<Double> singly(SpeakingService service, Arrivals arrivals) {
        OrderId aggregate = service.aggregates(1).getFirst();
        Map<MessageId, Long> committed = new ConcurrentHashMap<>();
        long next = System.nanoTime();
        for (int n = 0; n < SINGLE; n++) {
            next += APART.toNanos();
            LockSupport.parkNanos(next - System.nanoTime());
            MessageId id = service.commitChange(aggregate);
            committed.put(id, System.nanoTime());
        }
        await().until(() -> arrivals.at.keySet().containsAll(committed.keySet()));
        return committed.entrySet().stream()
                .map(sent -> (Objects.requireNonNull(arrivals.at.get(sent.getKey())) - sent.getValue()) / 1e6).sorted()
                .toList();
    }

    private static long mark(SpeakingService service) {
        return service.jdbc.query("select position from outbox_relay", (row, n) -> row.getLong(1)).getFirst();
    }

    private static double at(List<Double> sorted, double share) {
        return sorted.get((int) (share * (sorted.size() - 1)));
    }

    private static String told(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(it -> it).sorted().toArray();
        return "%.1f (%s)".formatted(sorted[sorted.length / 2],
                Arrays.stream(sorted).mapToObj("%.1f"::formatted).collect(joining(" ")));
    }

    /** When which message could be read. */
    private static final class Arrivals implements AutoCloseable {

        private final Map<MessageId, Long> at = new ConcurrentHashMap<>();
        private final KafkaConsumer<String, byte[]> consumer;
        private final Thread thread;
        private volatile boolean running = true;

        Arrivals(String isolation) {
            consumer = new KafkaConsumer<>(Map.of(
                    ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, TestServers.bootstrapServers(),
                    ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation),
                    new StringDeserializer(), new ByteArrayDeserializer());
            List<TopicPartition> partitions = IntStream.range(0, Topic.PARTITIONS)
                    .mapToObj(n -> new TopicPartition(Topic.ORDER_EVENTS.topicName(), n)).toList();
            consumer.assign(partitions);
            consumer.seekToEnd(partitions);
            partitions.forEach(consumer::position);
            thread = Thread.ofPlatform().name("arrivals").start(this::watch);
        }

        private void watch() {
            try (consumer) {
                while (running) {
                    var records = consumer.poll(Duration.ofMillis(100));
                    long now = System.nanoTime();
                    records.forEach(record -> {
                        var id = Objects.requireNonNull(record.headers().lastHeader(Envelope.Header.ID));
                        at.put(MessageId.parse(new String(id.value(), UTF_8)), now);
                    });
                }
            }
        }

        @Override
        public void close() {
            running = false;
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
