package dev.waybill.console.lag;

import dev.waybill.console.bulk.SteppedClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.ui.ConcurrentModel;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import static org.assertj.core.api.Assertions.assertThat;

/** Where the broker does not answer, pages wait for nothing, what was seen last stays, and everybody can see how old it is. */
@Timeout(30)
class SilentBrokerTest {

    private static final GroupLag READERS = new GroupLag("readers", true, "STABLE", List.of(), List.of());

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Kept history = new Kept();
    private final PartitionHistory partitions = new PartitionHistory();
    private final List<AutoCloseable> opened = new ArrayList<>();

    private static final class Kept extends LagHistory {

        private final List<ConsumerLag.Look> added = new ArrayList<>();

        Kept() {
            super(new JdbcTemplate(), JdbcClient.create(new DriverManagerDataSource()), settings(1));
        }

        @Override
        void add(ConsumerLag.Look look) {
            added.add(look);
        }

        @Override
        Map<String, List<Sample>> all(Instant since, Instant until, Duration stretch) {
            return Map.of();
        }
    }

    @FunctionalInterface
    private interface Answer {
        List<GroupLag> get();
    }

    private static ConsumerSettings settings(int port) {
        return new ConsumerSettings("localhost:" + port, List.of("readers"), Duration.ofSeconds(5),
                Duration.ofHours(24), Duration.ofMillis(300), Map.of());
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : opened) {
            one.close();
        }
    }

    private LagReader reader(int port) {
        var broker = new Broker(settings(port));
        var times = new RecordTimes(settings(port));
        opened.add(broker::destroy);
        opened.add(times::destroy);
        return new LagReader(broker, times, settings(port), Clock.systemUTC());
    }

    private LagReader reader(Answer answer) {
        var broker = new Broker(settings(1));
        var times = new RecordTimes(settings(1));
        opened.add(broker::destroy);
        opened.add(times::destroy);
        return new LagReader(broker, times, settings(1), Clock.systemUTC()) {
            @Override
            List<GroupLag> read() {
                return answer.get();
            }
        };
    }

    private ConsumerLag lag(LagReader reader, Clock clock) {
        return new ConsumerLag(reader, history, partitions, new LagMetrics(registry, clock), clock);
    }

    @Test
    void aBrokerThatIsNotThereEndsTheLookAndNothingIsMadeUp() throws IOException {
        int free;
        try (var socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        nothingIsSeenAt(free);
    }

    @Test
    void soDoesOneThatTakesTheQuestionAndNeverAnswers() throws IOException {
        var hanging = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        opened.add(hanging);
        nothingIsSeenAt(hanging.getLocalPort());
    }

    private void nothingIsSeenAt(int port) {
        ConsumerLag lag = lag(reader(port), Clock.systemUTC());
        lag.look();
        assertThat(lag.latest().at()).isEqualTo(Instant.EPOCH);
        assertThat(history.added).isEmpty();
        assertThat(registry.find("kafka_consumergroup_lag").gauges()).isEmpty();
    }

    @Test
    void whatWasSeenLastStaysAndGrowsOld() {
        var answers = new ArrayList<Answer>(List.of(() -> List.of(READERS), () -> {
            throw new Broker.SilentException("The broker has not answered", new IllegalStateException());
        }));
        var clock = new SteppedClock();
        Instant start = clock.instant();
        ConsumerLag lag = lag(reader(() -> answers.removeFirst().get()), clock);
        lag.look();
        clock.goOn(Duration.ofSeconds(90));
        lag.look();

        assertThat(lag.latest()).isEqualTo(new ConsumerLag.Look(start, List.of(READERS)));
        assertThat(history.added).hasSize(1);
        assertThat(registry.get("kafka_consumergroup_look_age_seconds").gauge().value()).isEqualTo(90);
        assertThat(lag.latest().isCurrent(start.plusSeconds(15))).isTrue();
        assertThat(lag.latest().isCurrent(clock.instant())).isFalse();
    }

    @Test
    void aPageDoesNotWaitForALookThatIsUnderWay() {
        var begun = new CountDownLatch(1);
        var ended = new CountDownLatch(1);
        ConsumerLag lag = lag(reader(() -> {
            begun.countDown();
            await(ended);
            return List.of(READERS);
        }), Clock.systemUTC());
        var look = CompletableFuture.runAsync(lag::look);
        await(begun);
        var model = new ConcurrentModel();
        assertThat(new ConsumersController(lag, history, partitions, Clock.systemUTC()).consumers(false, model))
                .isEqualTo("consumers");
        assertThat(model.getAttribute("looked")).as("not known yet").isNull();
        ended.countDown();
        look.join();
        assertThat(lag.latest().groups()).containsExactly(READERS);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
