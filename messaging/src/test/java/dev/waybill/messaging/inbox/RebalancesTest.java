package dev.waybill.messaging.inbox;

import com.zaxxer.hikari.HikariDataSource;
import dev.waybill.events.Command;
import dev.waybill.events.Envelope;
import dev.waybill.events.Event;
import dev.waybill.events.MessageId;
import dev.waybill.events.MessageTypes;
import dev.waybill.events.OrderEvent.OrderConfirmed;
import dev.waybill.events.OrderId;
import dev.waybill.events.SagaId;
import dev.waybill.events.Topic;
import dev.waybill.messaging.Aggregate;
import dev.waybill.messaging.Ids;
import dev.waybill.messaging.MessageContext;
import dev.waybill.messaging.MessageJson;
import dev.waybill.messaging.MessageSpans;
import dev.waybill.messaging.MessagingSettings;
import dev.waybill.messaging.Outbox;
import dev.waybill.messaging.Subscription;
import dev.waybill.testing.TestServers;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.GroupProtocol;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Replicas come and go while messages flow, and the group is set back to the beginning: each effect once, in the order of its
 * key, under both of Kafka's group protocols.
 */
@Tag("long")
class RebalancesTest {

    private static final Logger LOG = LoggerFactory.getLogger(RebalancesTest.class);
    private static final int KEYS = 30;
    private static final Duration SOON = Duration.ofSeconds(60);

    private final HikariDataSource dataSource = new HikariDataSource();
    private final JdbcTemplate jdbc = new JdbcTemplate(dataSource);
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final List<OrderId> keys = Stream.generate(() -> new OrderId(Ids.next())).limit(KEYS).toList();
    private final AtomicInteger sent = new AtomicInteger();
    private final Queue<Future<RecordMetadata>> sends = new ConcurrentLinkedQueue<>();

    @ParameterizedTest
    @EnumSource
    void everyEffectComesOnceAndInOrderWhoeverHasThePartition(GroupProtocol protocol) throws Exception {
        String group = "rebalances-" + protocol.name().toLowerCase(Locale.ROOT);
        prepare(group);
        // What other tests have left on the topic, some of it out of order by intent, is not looked at.
        setBack(group, OffsetSpec.latest());
        SubscriptionContainers first = replica("first", group, protocol);
        SubscriptionContainers second = replica("second", group, protocol);
        SubscriptionContainers third = replica("third", group, protocol);
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", TestServers.bootstrapServers(),
                        "max.in.flight.requests.per.connection", 1),
                new StringSerializer(), new ByteArraySerializer());
                ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor()) {
            first.start();
            Future<?> sending = clock.scheduleAtFixedRate(() -> sendNext(producer), 0, 4, TimeUnit.MILLISECONDS);
            awaitEffects(100);
            second.start();
            awaitEffectsOf("second");
            third.start();
            awaitEffectsOf("third");
            first.stop();
            awaitEffects(effects() + 200);
            third.stop();
            sending.cancel(false);
            clock.shutdown();
            assertThat(clock.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
            awaitEffects(sent.get());
        }
        second.stop();
        assertThat(committed(group)).as("offsets, the last ones at the stop").isEqualTo(ends());

        assertThat(sends).hasSize(sent.get()).allMatch(send -> send.state() == Future.State.SUCCESS);
        assertThat(handledBy("first", "second", "third")).as("replicas that had a part in it").doesNotContain(0);
        assertEachOnceAndInOrder();
        assertThat(count("messages_sequence_gaps")).isZero();
        assertThat(count("messages_sequence_inversions")).isZero();
        LOG.info("{}: the longest pause of a key was {}", protocol, longestPause());

        setBack(group, OffsetSpec.earliest());
        double duplicates = count("inbox_duplicates");
        SubscriptionContainers again = replica("again", group, protocol);
        again.start();
        await().atMost(SOON).untilAsserted(
                () -> assertThat(count("inbox_duplicates") - duplicates).isGreaterThanOrEqualTo(sent.get()));
        again.stop();
        assertThat(handledBy("again")).containsExactly(0);
        assertEachOnceAndInOrder();
        dataSource.close();
    }

    private void prepare(String name) {
        dataSource.setJdbcUrl(TestServers.freshDatabase(name).url());
        Flyway.configure().dataSource(dataSource).locations("classpath:db/messaging").load().migrate();
        jdbc.execute("""
                create table effect (position bigint generated always as identity, replica text not null,
                                     order_id text not null, number bigint not null,
                                     at timestamptz not null default clock_timestamp())
                """);
    }

    private SubscriptionContainers replica(String name, String group, GroupProtocol protocol) {
        var subscription = Subscription.named("confirmations").on(OrderConfirmed.class, event -> {
            if (keys.contains(event.orderId())) {
                long number = MessageContext.current().orElseThrow().logicalTime();
                jdbc.update("insert into effect (replica, order_id, number) values (?, ?, ?)", name,
                        event.orderId().toString(), number);
            }
        }).build();
        var settings = new Binder(new MapConfigurationPropertySource(Map.of(
                "waybill.messaging.source", "/test", "waybill.messaging.group-prefix", group,
                "waybill.messaging.consumer.concurrency", 2, "waybill.messaging.consumer.batch-size", 20,
                "waybill.messaging.consumer.longest-backoff", "1s")))
                .bind("waybill.messaging", MessagingSettings.class).get();
        Map<String, Object> client = Map.of("bootstrap.servers", TestServers.bootstrapServers(),
                "group.protocol", protocol.name().toLowerCase(Locale.ROOT));
        var handling = new Handling(subscription, new Inbox(jdbc),
                new ParkedMessages(jdbc, new ParkedCommandNotes(new NothingToSay(), "/test")),
                new ParkingWatch(subscription.name(), FedByHand.settings(1000, SOON), Clock.systemUTC()),
                new Transactions(new TransactionTemplate(new JdbcTransactionManager(dataSource))),
                MessageSpans.none(), 3, new HandlingMetrics(subscription, metrics, Clock.systemUTC()));
        return new SubscriptionContainers(List.of(handling), client, settings, () -> {}, metrics);
    }

    private void sendNext(KafkaProducer<String, byte[]> producer) {
        int n = sent.getAndIncrement();
        OrderId key = keys.get(n % KEYS);
        long number = n / KEYS + 1L;
        var envelope = new Envelope(Ids.nextMessageId(), "/test", MessageTypes.nameOf(OrderConfirmed.class),
                "order/" + key, Instant.now(), key.toString(), number, number, key.toString(), null, null, null);
        var record = new ProducerRecord<>(Topic.ORDER_EVENTS.topicName(), key.toString(),
                MessageJson.write(new OrderConfirmed(key)).getBytes(StandardCharsets.UTF_8));
        envelope.toHeaders()
                .forEach((name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        sends.add(producer.send(record));
    }

    private static void setBack(String group, OffsetSpec to) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        IntStream.range(0, Topic.PARTITIONS)
                .forEach(n -> wanted.put(new TopicPartition(Topic.ORDER_EVENTS.topicName(), n), to));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", TestServers.bootstrapServers()))) {
            Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
            admin.listOffsets(wanted).all().get()
                    .forEach((partition, offset) -> offsets.put(partition, new OffsetAndMetadata(offset.offset())));
            admin.alterConsumerGroupOffsets(group + ".confirmations", offsets).all().get();
        }
    }

    private Map<TopicPartition, Long> committed(String group) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", TestServers.bootstrapServers()))) {
            Map<TopicPartition, Long> offsets = new HashMap<>();
            admin.listConsumerGroupOffsets(group + ".confirmations").partitionsToOffsetAndMetadata().get()
                    .forEach((partition, offset) -> offsets.put(partition, offset.offset()));
            offsets.keySet().retainAll(ends().keySet());
            return offsets;
        }
    }

    /** One beyond the last message that was sent here, of each partition that has one. */
    private Map<TopicPartition, Long> ends() {
        Map<TopicPartition, Long> ends = new HashMap<>();
        sends.stream().map(Future::resultNow).forEach(sent -> ends
                .merge(new TopicPartition(sent.topic(), sent.partition()), sent.offset() + 1, Math::max));
        return ends;
    }

    private void assertEachOnceAndInOrder() {
        for (int k = 0; k < KEYS; k++) {
            List<Long> expected = LongStream.rangeClosed(1, (sent.get() + KEYS - 1 - k) / KEYS).boxed().toList();
            assertThat(jdbc.queryForList("select number from effect where order_id = ? order by position", Long.class,
                    keys.get(k).toString())).isEqualTo(expected);
        }
    }

    private Duration longestPause() {
        Double seconds = jdbc.queryForObject("""
                select extract(epoch from max(pause)) from (
                    select at - lag(at) over (partition by order_id order by position) as pause from effect) pauses
                """, Double.class);
        return seconds == null ? Duration.ZERO : Duration.ofMillis(Math.round(seconds * 1000));
    }

    private List<Integer> handledBy(String... replicas) {
        List<Integer> handled = new ArrayList<>();
        for (String replica : replicas) {
            handled.add(jdbc.queryForObject("select count(*) from effect where replica = ?", Integer.class, replica));
        }
        return handled;
    }

    private int effects() {
        Integer effects = jdbc.queryForObject("select count(*) from effect", Integer.class);
        return effects == null ? 0 : effects;
    }

    private void awaitEffects(int atLeast) {
        await().atMost(SOON).until(() -> effects() >= atLeast);
    }

    private void awaitEffectsOf(String replica) {
        await().atMost(SOON).until(() -> handledBy(replica).getFirst() > 0);
    }

    private double count(String metric) {
        return metrics.find(metric).counters().stream().mapToDouble(Counter::count).sum();
    }

    /** Only a parked command would have something said. */
    private static final class NothingToSay implements Outbox {

        @Override
        public MessageId append(Aggregate aggregate, Event event) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void send(Aggregate sender, SagaId sagaId, MessageId id, Command<?> command) {
            throw new UnsupportedOperationException();
        }
    }
}
