package dev.waybill.messaging.outbox;

import dev.waybill.events.MessageId;
import dev.waybill.events.OrderId;
import dev.waybill.messaging.MessagingSettings;
import dev.waybill.testing.TestServers;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ClassPathResource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Two replicas, each in a process of its own, over one outbox and a real broker. One publishes at a time; it is stopped, killed
 * or ended while others write, and the other one goes on where it was.
 */
@Tag("long")
class ReplicasTest {

    private static final Logger LOG = LoggerFactory.getLogger(ReplicasTest.class);
    private static final int ROUNDS = 4;
    private static final Duration HAND_OVER = Duration.ofSeconds(5);
    private static final MessagingSettings.Relay AS_SHIPPED = asShipped();

    private final String database = TestServers.freshDatabase("replicas").url();
    private final SpeakingService service = SpeakingService.ofItsOwn(database).withSchema();
    private final TopicWatcher watcher = new TopicWatcher(
            TestServers.bootstrapServers(), service.source, service.jdbc);
    private final List<OrderId> aggregates = service.aggregates(10);
    private final List<RelayProcess> replicas = new ArrayList<>();

    @BeforeAll
    static void lookOften() {
        Awaitility.setDefaultPollInterval(Duration.ofMillis(10));
    }

    @AfterEach
    void closeAll() {
        replicas.forEach(RelayProcess::close);
        watcher.close();
        service.close();
    }

    /**
     * The publisher has sent a part of its batch when its process stops. The other one takes over and publishes on; then the
     * first wakes up, sends the rest of what it had in hand, and only when it wants to mark finds out.
     */
    @Test
    void aPublisherThatGoesOnAfterItsLeaseNeitherLosesNorInvertsAFirstOccurrence() throws Exception {
        twoReplicas(new MessagingSettings.Relay(50, Duration.ofSeconds(1), Duration.ofMillis(20)));
        var writers = new RandomWriters(service, aggregates, RandomWriters.anySeed());
        var enough = new AtomicBoolean();
        CompletableFuture<Void> load = CompletableFuture.runAsync(() -> writers.runUntil(4, enough::get));
        try {
            for (int round = 0; round < ROUNDS; round++) {
                RelayProcess stopped = leaderInTheMiddleOfABatch();
                int overtaken = stopped.timesOvertaken();
                stopped.signal("STOP");
                RelayProcess successor = other(stopped);
                await().until(() -> leads(successor));
                MessageId meanwhile = service.commitChange(aggregates.getFirst());
                await().until(() -> watcher.hasHeard(meanwhile));
                stopped.goOn();
                stopped.signal("CONT");
                await().until(() -> stopped.timesOvertaken() > overtaken);
            }
        } finally {
            enough.set(true);
        }
        load.get();
        watcher.hearAll(service);
        assertThat(OnTheTopic.judged(service, watcher, writers)).isEqualTo(OnTheTopic.ALL_IS_WELL);
        int duplicates = watcher.heard().size() - watcher.firstOccurrences().size();
        LOG.info("{} messages came again in {} rounds", duplicates, ROUNDS);
        assertThat(duplicates).as("what the stopped publishers sent after they had been overtaken")
                .isGreaterThanOrEqualTo(ROUNDS);
    }

    /** The longest there is: the lease was renewed by the mark of what has just been heard. */
    @Test
    void aSuccessorPublishesWithinFiveSecondsAfterAPublisherIsKilled() throws Exception {
        twoReplicas(AS_SHIPPED);
        RelayProcess killed = leader();
        killed.kill();
        Duration took = untilTheNextIsHeard(HAND_OVER);
        LOG.info("After kill -9 the next message was on its topic after {} ms, lease {} ms", took.toMillis(),
                AS_SHIPPED.lease().toMillis());
        assertThat(leader()).isSameAs(other(killed));
    }

    /** With a lease so much longer than the one as shipped that nobody can have waited for its end. */
    @Test
    void aSuccessorPublishesAtOnceAfterAPublisherEndsOrderly() throws Exception {
        Duration lease = AS_SHIPPED.lease().multipliedBy(10);
        twoReplicas(new MessagingSettings.Relay(AS_SHIPPED.batchSize(), lease, AS_SHIPPED.idlePoll()));
        RelayProcess ending = leader();
        ending.stopOrderly();
        Duration took = untilTheNextIsHeard(HAND_OVER);
        LOG.info("After an orderly end the next message was on its topic after {} ms, lease {} ms", took.toMillis(),
                lease.toMillis());
        assertThat(leader()).isSameAs(other(ending));
    }

    private Duration untilTheNextIsHeard(Duration bound) {
        long began = System.nanoTime();
        MessageId next = service.commitChange(aggregates.getFirst());
        await("the next message is on its topic").atMost(bound).until(() -> watcher.hasHeard(next));
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private void twoReplicas(MessagingSettings.Relay settings) throws IOException {
        for (int n = 0; n < 2; n++) {
            replicas.add(RelayProcess.start(database, TestServers.bootstrapServers(), settings));
        }
        await().until(() -> replicas.stream().allMatch(RelayProcess::isUp));
        MessageId first = service.commitChange(aggregates.getFirst());
        await().until(() -> watcher.hasHeard(first));
    }

    private RelayProcess leader() {
        await().until(() -> replicas.stream().anyMatch(this::leads));
        return replicas.stream().filter(this::leads).findFirst().orElseThrow();
    }

    private RelayProcess leaderInTheMiddleOfABatch() {
        while (true) {
            RelayProcess leader = leader();
            if (leader.holdInTheMiddleOfABatch(() -> leads(leader))) {
                return leader;
            }
        }
    }

    private RelayProcess other(RelayProcess one) {
        return replicas.stream().filter(replica -> replica != one).findFirst().orElseThrow();
    }

    private boolean leads(RelayProcess replica) {
        return service.jdbc.queryForList("select leader from outbox_relay", String.class)
                .contains("process " + replica.pid());
    }

    /** What a service has that sets nothing. */
    private static MessagingSettings.Relay asShipped() {
        try {
            var environment = new StandardEnvironment();
            new YamlPropertySourceLoader().load("defaults", new ClassPathResource("messaging-defaults.yml"))
                    .forEach(environment.getPropertySources()::addLast);
            environment.getPropertySources().addLast(new MapPropertySource("service", Map.of(
                    "spring.application.name", "replicas")));
            return Binder.get(environment).bind("waybill.messaging", MessagingSettings.class).get().relay();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
