package dev.waybill.system.fault;

import dev.waybill.system.auditor.reading.Addresses;
import dev.waybill.system.auditor.reading.Addresses.Service;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import static java.util.Objects.requireNonNull;

/** The services' consumer groups as the broker sees them. Of each service the one that moves orders on, with one member in each process. */
final class ConsumerGroups implements AutoCloseable {

    private static final long SECONDS = 20;

    private final Admin admin;

    ConsumerGroups(Addresses addresses) {
        this.admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, addresses.kafka()));
    }

    /** A member and what it has been given to read. */
    record Member(String id, Set<TopicPartition> partitions) {}

    /** Those of a service; none before its first has joined, and while partitions are changing hands. */
    List<Member> members(Service service) {
        return groupOf(service).map(this::membersOf).orElse(List.of());
    }

    private List<Member> membersOf(String group) {
        ConsumerGroupDescription description = requireNonNull(
                get(admin.describeConsumerGroups(List.of(group)).all()).get(group));
        if (description.groupState() != GroupState.STABLE) {
            return List.of();
        }
        return description.members().stream()
                .map(member -> new Member(member.consumerId(), member.assignment().topicPartitions())).toList();
    }

    /** How many records of those partitions the service has done with, by the offsets that it has committed. */
    long done(Service service, Set<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> offsets = get(
                admin.listConsumerGroupOffsets(groupOf(service).orElseThrow()).partitionsToOffsetAndMetadata());
        return offsets.entrySet().stream().filter(offset -> partitions.contains(offset.getKey()))
                .mapToLong(offset -> offset.getValue().offset()).sum();
    }

    private Optional<String> groupOf(Service service) {
        String name = service.process() + "." + switch (service) {
            case ORDER -> "order-commands";
            case INVENTORY -> "stock";
            case PAYMENT -> "payment-commands";
            case SHIPPING -> "shipping-commands";
            case SAGA -> "sagas";
            case NOTIFICATION -> "notifications";
        };
        return get(admin.listGroups().all()).stream().map(GroupListing::groupId).filter(name::equals).findFirst();
    }

    private static <T> T get(KafkaFuture<T> answer) {
        try {
            return answer.get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("The broker does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
