package dev.waybill.messaging.retention;

import dev.waybill.events.OrderEvent.OrderConfirmed;
import dev.waybill.events.OrderId;
import dev.waybill.messaging.Aggregate;
import dev.waybill.messaging.EventCounter;
import dev.waybill.messaging.Ids;
import dev.waybill.messaging.MessageContext;
import dev.waybill.messaging.MessagingSettings;
import dev.waybill.messaging.Outbox;
import dev.waybill.messaging.Subscription;
import dev.waybill.testing.RealServers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.transaction.support.TransactionTemplate;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A service that says and hears things all the time while years of maintenance pass over it: each look is a week later than
 * the one before. Partitions of the outbox hold a thousand ids and go as soon as they are published.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.NONE, properties = {
        "waybill.messaging.retention.outbox=0s", "waybill.messaging.retention.outbox-partition=1000",
        "waybill.messaging.retention.outbox-ahead=2"})
@ContextConfiguration(initializers = RealServers.class)
@Import(WritersDuringMaintenanceTest.Subscriptions.class)
class WritersDuringMaintenanceTest {

    private static final Logger LOG = LoggerFactory.getLogger(WritersDuringMaintenanceTest.class);
    private static final int WRITERS = 4;
    private static final int TRANSACTIONS = 250;
    private static final int EVENTS_EACH = 5;
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Map<OrderId, List<Long>> HEARD = new ConcurrentHashMap<>();

    @Autowired
    Outbox outbox;
    @Autowired
    TransactionTemplate transaction;
    @Autowired
    JdbcTemplate jdbc;
    @Autowired
    Partitions partitions;
    @Autowired
    MessagingSettings settings;

    @TestConfiguration
    static class Subscriptions {
        @Bean
        Subscription confirmations() {
            return Subscription.named("confirmations").on(OrderConfirmed.class, event -> {
                long time = MessageContext.current().orElseThrow().logicalTime();
                HEARD.computeIfAbsent(event.orderId(), _ -> new CopyOnWriteArrayList<>()).add(time);
            }).build();
        }
    }

    private record Speaker(OrderId id, EventCounter events) implements Aggregate {
        @Override
        public String subject() {
            return "order/" + id;
        }
    }

    @Test
    void nobodyFailsAndNothingIsLostWhilePartitionsComeAndGo() throws Exception {
        // Near the end of the first partition; everything before was rolled back.
        jdbc.execute("select setval('outbox_id_seq', 9999500)");
        List<Speaker> speakers = LongStream.range(0, WRITERS)
                .mapToObj(_ -> new Speaker(new OrderId(Ids.next()), new EventCounter())).toList();
        int looks = 0;
        List<Long> longest = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
            List<Future<Long>> writers = speakers.stream().map(speaker -> threads.submit(() -> speak(speaker)))
                    .toList();
            do {
                maintenance(WEEK.multipliedBy(5 + looks++)).maintain();
            } while (!writers.stream().allMatch(Future::isDone));
            for (Future<Long> writer : writers) {
                longest.add(writer.get());
            }
        }
        List<Long> said = LongStream.rangeClosed(1, TRANSACTIONS * EVENTS_EACH).boxed().toList();
        for (Speaker speaker : speakers) {
            await().atMost(Duration.ofSeconds(30)).untilAsserted(
                    () -> assertThat(HEARD.getOrDefault(speaker.id(), List.of()).stream().distinct()).isEqualTo(said));
        }
        maintenance(WEEK.multipliedBy(5 + looks)).maintain();
        List<@Nullable String> left = jdbc.queryForList("select name from messaging_partition", String.class);
        assertThat(left).doesNotContain("outbox_before", "outbox_10000000", "outbox_10003000", "inbox_before");
        LOG.info("{} looks; the longest transaction of each writer took {} ms", looks, longest);
    }

    private long speak(Speaker speaker) {
        long longest = 0;
        for (int i = 0; i < TRANSACTIONS; i++) {
            long start = System.nanoTime();
            transaction.executeWithoutResult(_ -> {
                for (int event = 0; event < EVENTS_EACH; event++) {
                    outbox.append(speaker, new OrderConfirmed(speaker.id()));
                }
            });
            longest = Math.max(longest, Duration.ofNanos(System.nanoTime() - start).toMillis());
        }
        return longest;
    }

    private PartitionMaintenance maintenance(Duration later) {
        return new PartitionMaintenance(settings.retention(), partitions, Clock.offset(Clock.systemUTC(), later));
    }
}
