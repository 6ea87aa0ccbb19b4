package dev.waybill.messaging.replay;

import com.zaxxer.hikari.HikariDataSource;
import dev.waybill.messaging.MessageSpans;
import dev.waybill.messaging.MessagingSettings;
import dev.waybill.messaging.outbox.OutboxTable;
import dev.waybill.messaging.outbox.OutboxTable.Said;
import dev.waybill.messaging.outbox.TopicPublisher;
import dev.waybill.testing.TestServers;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** Workers over a real database and a real broker: killed, paused, slowed down, and without a topic. */
class ReplayWorkerTest {

    private static final Duration LEASE = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Said ALL = new Said(null, null);

    private final HikariDataSource dataSource = new HikariDataSource();
    private final JdbcTemplate jdbc = new JdbcTemplate(dataSource);
    private final Replays replays = new Replays(jdbc);
    private final List<ReplayWorker> workers = new ArrayList<>();

    @BeforeEach
    void connect() {
        dataSource.setJdbcUrl(TestServers.freshDatabase("replays").url());
        Flyway.configure().dataSource(dataSource).locations("classpath:db/messaging").load().migrate();
    }

    @AfterEach
    void disconnect() {
        workers.forEach(ReplayWorker::stop);
        dataSource.close();
    }

    @Test
    void anotherReplicaGoesOnFromTheMarkOfOneThatDied() throws InterruptedException {
        say(3_000);
        Replay replay = replays.add(Topics.fresh(), ALL, 100_000);
        var died = new CountDownLatch(1);
        worker(new Replays(jdbc) {
            private int marks;

            @Override
            void mark(Replay of, long position, int events, Duration lease) {
                if (++marks == 3) {
                    died.countDown();
                    throw new Death();
                }
                super.mark(of, position, events, lease);
            }
        }).start();
        assertThat(died.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(stored(replay).published()).isEqualTo(1_000);
        worker(replays).start();
        // The other one's death is meant.
        await().dontCatchUncaughtExceptions().atMost(PATIENCE)
                .until(() -> stored(replay).status() == Replay.Status.COMPLETED);

        assertThat(stored(replay).published()).isEqualTo(3_000);
        assertThat(stored(replay).total()).isEqualTo(3_000);
        List<Long> heard = Topics.everythingOn(replay.topic()).stream()
                .map(message -> Long.valueOf(message.value())).toList();
        assertThat(heard).as("one batch was sent and not marked").hasSize(3_500);
        assertThat(heard.stream().distinct()).as("first occurrences")
                .isEqualTo(LongStream.rangeClosed(1, 3_000).boxed().toList());
    }

    @Test
    void aReplicaThatWasOvertakenCannotMoveThePosition() {
        say(10);
        replays.add("history", ALL, 100);
        Replay paused = replays.takeOver(Duration.ofMillis(-1)).orElseThrow();
        Replay taken = replays.takeOver(LEASE).orElseThrow();
        assertThatThrownBy(() -> replays.mark(paused, 7, 7, LEASE)).isInstanceOf(Replays.LostLease.class);
        assertThatThrownBy(() -> replays.complete(paused)).isInstanceOf(Replays.LostLease.class);
        replays.mark(taken, 5, 5, LEASE);
        assertThat(stored(taken).position()).isEqualTo(5);
        assertThat(replays.takeOver(LEASE)).isEmpty();
    }

    @Test
    void neitherCommandsNorWhatIsNotPublishedYetIsReplayed() {
        say(10);
        jdbc.update("update outbox set sequence = null where id in (3, 4)");
        Replay replay = replays.add(Topics.fresh(), ALL, 1_000);
        say(10); // published after it was asked for
        worker(replays).start();
        await().atMost(PATIENCE).until(() -> stored(replay).status() == Replay.Status.COMPLETED);
        assertThat(Topics.everythingOn(replay.topic())).extracting(Topics.Heard::value)
                .containsExactly("1", "2", "5", "6", "7", "8", "9", "10");
        assertThat(stored(replay).total()).isEqualTo(8);
    }

    @Test
    void noMoreEventsInASecondThanWereAskedFor() {
        int rate = 20;
        int events = 80;
        say(events);
        Replay replay = replays.add(Topics.fresh(), ALL, rate);
        long started = System.nanoTime();
        worker(replays).start();
        await().atMost(PATIENCE).until(() -> stored(replay).status() == Replay.Status.COMPLETED);
        assertThat(Duration.ofNanos(System.nanoTime() - started))
                .isGreaterThanOrEqualTo(Duration.ofSeconds(1).multipliedBy(events).dividedBy(rate));
        assertThat(stored(replay).published()).isEqualTo(events);
    }

    @Test
    void aLongStoreIsLookedThroughWithoutLosingTheLease() {
        say(1);
        jdbc.execute("select setval('outbox_id_seq', %d)".formatted(40 * OutboxTable.NEAR));
        say(1);
        Replay replay = replays.add(Topics.fresh(), ALL, 1_000);
        worker(replays).start();
        await().atMost(PATIENCE).until(() -> stored(replay).status() == Replay.Status.COMPLETED);
        assertThat(stored(replay).fencingToken()).isEqualTo(1);
        assertThat(Topics.everythingOn(replay.topic())).hasSize(2);
    }

    @Test
    void aReplayWhoseTopicIsGoneFailsAndSaysSo() {
        say(1);
        Replay replay = replays.add("history-that-was-deleted", ALL, 1_000);
        worker(replays).start();
        await().atMost(PATIENCE).until(() -> stored(replay).status() == Replay.Status.FAILED);
        assertThat(stored(replay).failure()).isEqualTo("The topic is not there any more");
        assertThat(stored(replay).endedAt()).isNotNull();
    }

    /** As if by kill -9: nothing is released, and nothing is said to anybody. */
    private static final class Death extends Error {
        Death() {
            super("killed", null, false, false);
        }
    }

    private ReplayWorker worker(Replays of) {
        Map<String, Object> producer = new HashMap<>(Topics.servers());
        producer.putAll(TopicPublisher.PRODUCER_SETTINGS);
        producer.put("max.block.ms", 2_000);
        var worker = new ReplayWorker(
                new MessagingSettings.Replay(1_000, LEASE, Duration.ofMillis(50)),
                of,
                new OutboxTable(jdbc),
                new TopicPublisher(
                        () -> new KafkaProducer<>(producer, new StringSerializer(), new ByteArraySerializer()),
                        LEASE.dividedBy(3),
                        MessageSpans.none()),
                new TargetTopics(Topics.servers()));
        workers.add(worker);
        return worker;
    }

    private Replay stored(Replay replay) {
        return replays.find(replay.id()).orElseThrow();
    }

    /** Of one order, so that a topic shows one order of all; each says its own id. The relay has published all. */
    private void say(int rows) {
        jdbc.update(
                """
                        insert into outbox (message_id, topic, message_key, type, source, subject, sequence, logical_time,
                                            correlation_id, said_at, payload)
                        select gen_random_uuid(), 'order.events', 'k', 'dev.waybill.order.confirmed.v1', '/s', 'order/' || gen_random_uuid(), 1, 1, 'c', now(), ''
                        from generate_series(1, ?)
                        """,
                rows);
        jdbc.execute("update outbox set payload = id");
        jdbc.execute("update outbox_relay set position = (select max(id) from outbox)");
    }
}
