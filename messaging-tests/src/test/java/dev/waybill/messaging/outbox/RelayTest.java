package dev.waybill.messaging.outbox;

import com.zaxxer.hikari.HikariDataSource;
import dev.waybill.messaging.MessageSpans;
import dev.waybill.messaging.MessagingSettings;
import dev.waybill.testing.TestServers;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** One publisher at a time, from the mark on: a real database, and a producer whose acknowledgements the test gives. */
class RelayTest {

    private static final HikariDataSource DATA_SOURCE = new HikariDataSource();
    private static final Duration LEASE = Duration.ofSeconds(2);

    private final JdbcTemplate jdbc = new JdbcTemplate(DATA_SOURCE);
    private final List<Relay> relays = new ArrayList<>();

    @BeforeAll
    static void connect() {
        DATA_SOURCE.setJdbcUrl(TestServers.freshDatabase("relay").url());
        Flyway.configure().dataSource(DATA_SOURCE).locations("classpath:db/messaging").load().migrate();
    }

    @AfterAll
    static void disconnect() {
        DATA_SOURCE.close();
    }

    @BeforeEach
    void begin() {
        jdbc.execute("truncate outbox restart identity");
        jdbc.execute("""
                update outbox_relay set position = 0, fencing_token = 0, leader = null, lease_until = '-infinity'
                """);
    }

    @AfterEach
    void stopAll() {
        relays.forEach(Relay::stop);
    }

    @Test
    void theMarkMovesOnlyWhenTheBrokerHasTheMessages() {
        var producer = producer(false);
        start(producer);
        say("a", "b");
        await().until(() -> producer.history().size() == 2);
        assertThat(mark()).isZero();
        producer.completeNext();
        producer.completeNext();
        await().until(() -> mark() == 2);
    }

    @Test
    void aFailedSendHaltsThePublisherAndItGoesOnFromTheMark() {
        var failing = producer(false);
        var working = producer(true);
        start(List.of(failing, working));
        say("a", "b");
        await().until(() -> failing.history().size() == 2);
        failing.completeNext();
        failing.errorNext(new InvalidTopicException("not now"));
        await().until(() -> mark() == 2);
        assertThat(sent(working)).containsExactly("a", "b");
        assertThat(failing.closed()).isTrue();
    }

    @Test
    void nothingIsSentAfterASendThatFailedAtOnce() {
        var failing = new MockProducer<>(
                true, new RoundRobinPartitioner(), new StringSerializer(), new ByteArraySerializer()) {
            @Override
            public Future<RecordMetadata> send(ProducerRecord<String, byte[]> record, Callback callback) {
                return new String(record.value(), UTF_8).equals("b")
                        ? CompletableFuture.failedFuture(new InvalidTopicException("not now"))
                        : super.send(record, callback);
            }
        };
        var working = producer(true);
        start(List.of(failing, working));
        say("a", "b", "c");
        await().until(() -> mark() == 3);
        assertThat(sent(failing)).containsExactly("a");
        assertThat(sent(working)).containsExactly("a", "b", "c");
    }

    @Test
    void onlyOneOfTwoReplicasPublishes() {
        var first = producer(true);
        var second = producer(true);
        Relay one = start(first);
        Relay other = start(second);
        await().until(() -> one.isLeader() || other.isLeader());
        say("a", "b", "c");
        await().until(() -> mark() == 3);
        assertThat(first.history().size() + second.history().size()).isEqualTo(3);
        assertThat(List.of(one, other)).filteredOn(Relay::isLeader).hasSize(1);
    }

    @Test
    void aSuccessorTakesOverAtOnceFromAPublisherThatStops() {
        var successor = producer(true);
        Relay first = start(producer(true));
        say("a");
        await().until(() -> mark() == 1);
        first.stop();
        start(successor);
        say("b");
        await().atMost(LEASE).until(() -> mark() == 2);
        assertThat(sent(successor)).containsExactly("b");
    }

    @Test
    void aSuccessorTakesOverWhenTheLeaseOfASilentPublisherHasRunOut() {
        new RelayLease(jdbc, "died", LEASE).tryAcquire();
        say("a");
        start(producer(true));
        await().atMost(Duration.ofSeconds(5)).until(() -> mark() == 1);
    }

    @Test
    void aPublisherThatWasOvertakenCannotMoveTheMark() {
        var silent = producer(false);
        start(silent);
        say("a");
        await().until(() -> !silent.history().isEmpty());
        jdbc.update(
                "update outbox_relay set fencing_token = fencing_token + 1, position = 1, lease_until = 'infinity'");
        silent.completeNext();
        say("b");
        await().until(silent::closed);
        assertThat(mark()).isEqualTo(1);
        assertThat(sent(silent)).containsExactly("a");
    }

    @Test
    void whileTheBrokerIsWaitedForNoTransactionIsOpenAndTheLeaseIsKept() {
        var silent = producer(false);
        Relay relay = start(silent);
        say("a");
        await().until(() -> !silent.history().isEmpty());
        await().during(LEASE.multipliedBy(2)).atMost(LEASE.multipliedBy(8))
                .until(() -> relay.isLeader() && openTransactions() == 0 && locksOfTheIdle() == 0);
        assertThat(new RelayLease(jdbc, "other", LEASE).tryAcquire()).isEmpty();
        silent.completeNext();
        await().until(() -> mark() == 1);
    }

    /** The idle poll is longer than the test: what is published here was read because of a wake-up. */
    @Test
    void whenAllIsPublishedTheTableIsReadWhenSomethingIsSaidAndNotBefore() {
        var reads = new AtomicInteger();
        start(List.of(producer(true)), Duration.ofMinutes(1), position -> new OutboxReader(new OutboxTable(jdbc) {
            @Override
            List<Stored> readAfter(long after, int limit) {
                reads.incrementAndGet();
                return super.readAfter(after, limit);
            }
        }, new OutboxWriters(jdbc), position));
        await().until(() -> reads.get() >= 1);
        say("a");
        await().until(() -> mark() == 1);
        int before = reads.get();
        await().during(Duration.ofMillis(300)).untilAsserted(
                () -> assertThat(reads).hasValueLessThanOrEqualTo(before + 1));
        say("b");
        await().until(() -> mark() == 2);
    }

    @Test
    void aMarkLeavesItsConnectionWaitingForTheDiskAgain() {
        var alone = new SingleConnectionDataSource(DATA_SOURCE.getJdbcUrl(), true);
        try {
            var connection = new JdbcTemplate(alone);
            connection.execute("set synchronous_commit = on");
            var lease = new RelayLease(connection, "test", LEASE);
            var term = lease.tryAcquire().orElseThrow();
            lease.mark(term, term.position());
            assertThat(connection.queryForObject("show synchronous_commit", String.class)).isEqualTo("on");
        } finally {
            alone.destroy();
        }
    }

    private Relay start(Producer<String, byte[]> producer) {
        return start(List.of(producer));
    }

    private Relay start(List<Producer<String, byte[]>> oneAfterAnother) {
        return start(
                oneAfterAnother,
                Duration.ofMillis(20),
                position -> new OutboxReader(new OutboxTable(jdbc), new OutboxWriters(jdbc), position));
    }

    private Relay start(List<Producer<String, byte[]>> oneAfterAnother, Duration idlePoll,
            LongFunction<UnpublishedRows> readers) {
        var remaining = new ArrayList<>(oneAfterAnother);
        var relay = new Relay(
                new MessagingSettings.Relay(100, LEASE, idlePoll),
                new RelayLease(jdbc, "test", LEASE),
                readers,
                new TopicPublisher(
                        () -> remaining.size() > 1 ? remaining.removeFirst() : remaining.getFirst(),
                        LEASE.dividedBy(4),
                        MessageSpans.none()),
                () -> true);
        relays.add(relay);
        relay.start();
        return relay;
    }

    private static MockProducer<String, byte[]> producer(boolean acknowledging) {
        return new MockProducer<>(
                acknowledging, new RoundRobinPartitioner(), new StringSerializer(), new ByteArraySerializer());
    }

    /** In one transaction, so that the relay sees all of them or none. */
    private void say(String... payloads) {
        jdbc.update("""
                insert into outbox (message_id, topic, message_key, type, source, subject, logical_time,
                                    correlation_id, said_at, payload)
                select gen_random_uuid(), 'order.events', 'k', 'dev.waybill.order.confirmed.v1', '/s', 'order/1', 1,
                       'c', now(), payload
                from unnest(string_to_array(?, ',')) as payload
                """, String.join(",", payloads));
        relays.forEach(Relay::wakeUp);
    }

    private static List<String> sent(MockProducer<String, byte[]> producer) {
        return producer.history().stream().map(record -> new String(record.value(), UTF_8)).toList();
    }

    private long mark() {
        return jdbc.query("select position from outbox_relay", (row, n) -> row.getLong(1)).getFirst();
    }

    private long openTransactions() {
        return jdbc.query("""
                select count(*) from pg_stat_activity
                where datname = current_database() and pid <> pg_backend_pid() and state like 'idle in transaction%'
                """, (row, n) -> row.getLong(1)).getFirst();
    }

    /** A statement that runs just now, like the one that renews the lease, may hold one; who waits may not. */
    private long locksOfTheIdle() {
        return jdbc.query("""
                select count(*) from pg_locks join pg_stat_activity activity using (pid)
                where activity.datname = current_database() and activity.state <> 'active'
                """, (row, n) -> row.getLong(1)).getFirst();
    }
}
