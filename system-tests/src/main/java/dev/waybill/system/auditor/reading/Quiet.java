package dev.waybill.system.auditor.reading;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

/**
 * Whether anything is still under way: a saga that has not ended, a call to the outside world, a row that is not published, a
 * record that is not consumed. Looked at in the direction in which work flows back, and twice, so that nothing slips past
 * between two looks.
 */
public final class Quiet {

    private static final Duration PAUSE = Duration.ofMillis(100);

    private Quiet() {}

    /**
     * Waits until nothing is under way.
     *
     * @return empty, or what was still under way when the time was over
     */
    public static List<String> await(Addresses addresses, Duration atMost) {
        long giveUp = System.nanoTime() + atMost.toNanos();
        Map<String, Object> settings = Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, addresses.kafka());
        try (Admin kafka = Admin.create(settings)) {
            int quietLooks = 0;
            while (true) {
                List<String> underWay = look(addresses, kafka);
                quietLooks = underWay.isEmpty() ? quietLooks + 1 : 0;
                if (quietLooks == 2 || System.nanoTime() > giveUp) {
                    return underWay;
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private static List<String> look(Addresses addresses, Admin kafka) {
        List<String> underWay = new ArrayList<>();
        try (Database orders = Database.open(addresses, "orders")) {
            count(underWay, orders, "%d orders are not settled", """
                    select count(*) from orders where status in ('PENDING', 'CANCELLING')
                    """);
        }
        try (Database saga = Database.open(addresses, "saga")) {
            count(underWay, saga, "%d sagas have not ended", """
                    select count(*) from saga where status not in ('COMPLETED', 'COMPENSATED')
                    """);
        }
        for (String name : Database.NAMES) {
            try (Database database = Database.open(addresses, name)) {
                if (database.number("select count(*) from pg_tables where tablename = 'outside_call'") > 0) {
                    count(underWay, database, "%d calls of " + name + " to the outside world are open",
                            "select count(*) from outside_call");
                }
                count(underWay, database, "%d outbox rows of " + name + " are not published", """
                        select count(*) from outbox where id > (select position from outbox_relay)
                        """);
            }
        }
        lag(kafka).forEach((group, records) -> {
            if (records > 0) {
                underWay.add("%s has yet to consume %d records".formatted(group, records));
            }
        });
        return underWay;
    }

    private static void count(List<String> underWay, Database database, String what, String sql) {
        long number = database.number(sql);
        if (number > 0) {
            underWay.add(what.formatted(number));
        }
    }

    /** By consumer group, over all partitions of the topics on which it has ever committed. */
    private static Map<String, Long> lag(Admin kafka) {
        try {
            Map<TopicPartition, Long> ends = endOffsets(kafka);
            Set<String> groups = kafka.listGroups().all().get().stream().map(GroupListing::groupId).collect(toSet());
            var committed = kafka.listConsumerGroupOffsets(groups.stream()
                    .collect(toMap(Function.identity(), group -> new ListConsumerGroupOffsetsSpec()))).all().get();
            Map<String, Long> lag = new HashMap<>();
            committed.forEach((group, offsets) -> lag.put(group, behind(offsets, ends)));
            return lag;
        } catch (ExecutionException e) {
            throw new UnreadableException("Consumer groups cannot be read: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnreadableException("Interrupted while reading consumer groups", e);
        }
    }

    private static Map<TopicPartition, Long> endOffsets(Admin kafka) throws ExecutionException, InterruptedException {
        Collection<String> topics = new TreeSet<>(kafka.listTopics().names().get());
        topics.removeIf(topic -> !TopicReader.isOurs(topic));
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        kafka.describeTopics(topics).allTopicNames().get().values().forEach(topic -> topic.partitions().forEach(
                partition -> latest.put(new TopicPartition(topic.name(), partition.partition()), OffsetSpec.latest())));
        Map<TopicPartition, Long> ends = new HashMap<>();
        kafka.listOffsets(latest).all().get().forEach((partition, end) -> ends.put(partition, end.offset()));
        return ends;
    }

    private static long behind(Map<TopicPartition, OffsetAndMetadata> committed,
            Map<TopicPartition, Long> ends) {
        Set<String> topics = committed.keySet().stream().map(TopicPartition::topic).collect(toSet());
        long behind = 0;
        for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
            if (topics.contains(end.getKey().topic())) {
                OffsetAndMetadata offset = committed.get(end.getKey());
                behind += end.getValue() - (offset == null ? 0 : offset.offset());
            }
        }
        return behind;
    }
}
