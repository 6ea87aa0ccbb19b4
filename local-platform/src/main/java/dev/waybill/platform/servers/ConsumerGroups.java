package dev.waybill.platform.servers;

import dev.waybill.platform.process.PlatformFailure;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sets the consumer groups of a service back, as {@code kafka-consumer-groups --reset-offsets --to-datetime} does, so that it
 * reads again what it has read since. The broker allows that only while nobody is in a group.
 */
public final class ConsumerGroups {

    private static final long SECONDS = 10;

    private final String bootstrapServers;

    public ConsumerGroups(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    /**
     * Where a group had not come so far yet it stays where it is.
     *
     * @return the groups that were set back
     */
    public List<String> setBack(String service, Instant to) throws InterruptedException {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, "5000",
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "10000"))) {
            List<String> groups = get(admin.listGroups().all()).stream().map(group -> group.groupId())
                    .filter(group -> group.startsWith(service + ".")).sorted().toList();
            for (String group : groups) {
                setBack(admin, group, to);
            }
            return groups;
        } catch (ExecutionException | TimeoutException e) {
            throw new PlatformFailure("The consumer groups of %s could not be set back: %s".formatted(service, e), e);
        }
    }

    private static void setBack(Admin admin, String group, Instant to)
            throws ExecutionException, TimeoutException, InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> reached = get(
                admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        reached.keySet().forEach(partition -> asked.put(partition, OffsetSpec.forTimestamp(to.toEpochMilli())));
        Map<TopicPartition, OffsetAndMetadata> wanted = new HashMap<>();
        get(admin.listOffsets(asked).all()).forEach((partition, first) -> {
            OffsetAndMetadata now = reached.get(partition);
            // Nothing came since: the broker names no offset.
            if (now != null && first.offset() >= 0 && first.offset() < now.offset()) {
                wanted.put(partition, new OffsetAndMetadata(first.offset()));
            }
        });
        if (!wanted.isEmpty()) {
            get(admin.alterConsumerGroupOffsets(group, wanted).all());
        }
    }

    private static <T> T get(KafkaFuture<T> answer) throws ExecutionException, TimeoutException, InterruptedException {
        return answer.get(SECONDS, TimeUnit.SECONDS);
    }
}
