package dev.waybill.console.lag;

import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

/** What the broker knows of consumer groups and topics. Every question is one request for all that is asked. */
@Component
class Broker implements DisposableBean {

    private final Admin admin;
    private final Duration patience;

    Broker(ConsumerSettings settings) {
        this.patience = settings.patience();
        Map<String, Object> properties = new HashMap<>(settings.properties());
        properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        properties.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) patience.toMillis());
        properties.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, (int) patience.toMillis());
        this.admin = Admin.create(properties);
    }

    /** The broker has not said what was asked. */
    static final class SilentException extends RuntimeException {

        SilentException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** Those that the broker knows, with members or without. */
    Set<String> groups() {
        return get(admin.listGroups(ListGroupsOptions.forConsumerGroups()).all()).stream().map(GroupListing::groupId)
                .collect(toSet());
    }

    /** Of those groups that it knows. */
    Map<String, ConsumerGroupDescription> descriptions(Collection<String> groups) {
        Map<String, ConsumerGroupDescription> known = new HashMap<>();
        admin.describeConsumerGroups(groups).describedGroups().forEach((group, answer) -> {
            try {
                known.put(group, get(answer));
            } catch (SilentException e) {
                // It was deleted since it was listed.
                if (!(e.getCause() instanceof GroupIdNotFoundException)) {
                    throw e;
                }
            }
        });
        return known;
    }

    /** Where each group reads on. */
    Map<String, Map<TopicPartition, Long>> committed(Collection<String> groups) {
        var all = new ListConsumerGroupOffsetsSpec();
        Map<String, Map<TopicPartition, OffsetAndMetadata>> answer = get(
                admin.listConsumerGroupOffsets(groups.stream().collect(toMap(group -> group, group -> all))).all());
        Map<String, Map<TopicPartition, Long>> offsets = new HashMap<>();
        answer.forEach((group, committed) -> offsets.put(group, committed.entrySet().stream()
                // None for a partition that was assigned and never committed.
                .filter(partition -> partition.getValue() != null)
                .collect(toMap(Map.Entry::getKey, partition -> partition.getValue().offset()))));
        return offsets;
    }

    /** Of every topic, those that exist. */
    Set<TopicPartition> partitions(Collection<String> topics) {
        Set<TopicPartition> partitions = new HashSet<>();
        get(admin.describeTopics(topics).allTopicNames()).forEach((topic, description) -> description.partitions()
                .forEach(partition -> partitions.add(new TopicPartition(topic, partition.partition()))));
        return partitions;
    }

    /** Where the next record of each partition will be written. */
    Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) {
        return offsets(partitions, OffsetSpec.latest());
    }

    /** Where the oldest record of each partition is that is still there. */
    Map<TopicPartition, Long> beginnings(Collection<TopicPartition> partitions) {
        return offsets(partitions, OffsetSpec.earliest());
    }

    private Map<TopicPartition, Long> offsets(Collection<TopicPartition> partitions, OffsetSpec which) {
        var answer = get(admin.listOffsets(partitions.stream().collect(toMap(partition -> partition, p -> which)))
                .all());
        return answer.entrySet().stream().collect(toMap(Map.Entry::getKey, found -> found.getValue().offset()));
    }

    private <T> T get(KafkaFuture<T> answer) {
        try {
            return answer.get(2 * patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            Throwable why = Objects.requireNonNullElse(e.getCause(), e);
            throw new SilentException("The broker cannot say: " + why, why);
        } catch (TimeoutException e) {
            throw new SilentException("The broker has not answered", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SilentException("Not waited for", e);
        }
    }

    @Override
    public void destroy() {
        admin.close(patience);
    }
}
