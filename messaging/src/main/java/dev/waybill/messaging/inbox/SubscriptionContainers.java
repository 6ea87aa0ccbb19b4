package dev.waybill.messaging.inbox;

import dev.waybill.events.Topic;
import dev.waybill.messaging.Linger;
import dev.waybill.messaging.MessagingSettings;
import dev.waybill.messaging.Subscription;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.GroupProtocol;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.ExponentialBackOff;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Consumes for every subscription of the service. Offsets are committed after the database; a transient fault, or a
 * subscription that is paused, holds the partitions back and is tried again for as long as it lasts, with growing pauses.
 */
class SubscriptionContainers implements SmartLifecycle {

    /**
     * What was handled and not yet committed to the group comes again after a crash, and the inbox knows it. A commit after each
     * batch would cost every batch a round trip (docs/adr/0026). The group also commits when it gives partitions up.
     */
    private static final Duration OFFSETS_EVERY = Duration.ofMillis(500);

    private static final Logger LOG = LoggerFactory.getLogger(SubscriptionContainers.class);

    /** Per partition, at some 200 bytes each: with five topics of twelve partitions 12 MB at most, in a heap of 192 MB. */
    private static final int REMEMBERED_AGGREGATES = 1_000;

    private final List<ConcurrentMessageListenerContainer<String, byte[]>> containers;

    /** @param beforeHandling throws as long as nothing may be handled */
    SubscriptionContainers(
            Collection<Handling> handlings,
            Map<String, Object> clientSettings,
            MessagingSettings settings,
            Runnable beforeHandling,
            MeterRegistry metrics) {
        this.containers = handlings.stream().map(
                handling -> container(
                        handling, clientSettings, settings, beforeHandling,
                        new SequenceVerifier(handling.subscription().name(), REMEMBERED_AGGREGATES, metrics)))
                .toList();
    }

    private static ConcurrentMessageListenerContainer<String, byte[]> container(
            Handling handling,
            Map<String, Object> clientSettings,
            MessagingSettings settings,
            Runnable beforeHandling,
            SequenceVerifier verifier) {
        Subscription subscription = handling.subscription();
        var consumers = new DefaultKafkaConsumerFactory<String, byte[]>(
                clientSettings, new StringDeserializer(), new ByteArrayDeserializer());
        consumers.updateConfigs(Map.of(
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false,
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG, settings.consumer().batchSize()));
        if (groupIsManagedByItsMembers(clientSettings)) {
            int sessionTimeout = (int) settings.consumer().sessionTimeout().toMillis();
            consumers.updateConfigs(Map.of(
                    ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, sessionTimeout,
                    ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, sessionTimeout / 3,
                    ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName()));
        }
        var properties = new ContainerProperties(
                subscription.topics().stream().map(Topic::topicName).toArray(String[]::new));
        properties.setGroupId(settings.groupPrefix() + "." + subscription.name());
        properties.setAckMode(ContainerProperties.AckMode.TIME);
        properties.setAckTime(OFFSETS_EVERY.toMillis());
        properties.setPollTimeout(OFFSETS_EVERY.toMillis());
        properties.setMessageListener((BatchMessageListener<String, byte[]>) records -> {
            long began = System.nanoTime();
            try {
                beforeHandling.run();
                handling.handle(records);
                verifier.note(records);
            } catch (Error e) {
                throw Faults.asException(e);
            }
            if (records.size() < settings.consumer().batchSize()) {
                Linger.afterBatch(began);
            }
        });
        properties.setConsumerRebalanceListener(new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {}

            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                verifier.forget(partitions);
            }
        });
        properties.setMissingTopicsFatal(false);
        var container = new ConcurrentMessageListenerContainer<>(consumers, properties);
        container.setBeanName(subscription.name());
        container.setConcurrency(settings.consumer().concurrency());
        container.setCommonErrorHandler(waitAndTryAgain(settings.consumer()));
        return container;
    }

    /** Under KIP-848's protocol the broker assigns, and its own settings say when a member is given up. */
    private static boolean groupIsManagedByItsMembers(Map<String, Object> clientSettings) {
        Object protocol = clientSettings.getOrDefault(ConsumerConfig.GROUP_PROTOCOL_CONFIG,
                ConsumerConfig.DEFAULT_GROUP_PROTOCOL);
        return GroupProtocol.CLASSIC.name().equalsIgnoreCase(protocol.toString());
    }

    private static CommonErrorHandler waitAndTryAgain(MessagingSettings.Consumer settings) {
        var backOff = new ExponentialBackOff(100, 2);
        backOff.setMaxInterval(settings.longestBackoff().toMillis());
        backOff.setJitter(50);
        var errorHandler = new DefaultErrorHandler(backOff);
        errorHandler.setClassifications(Map.of(), true);
        return errorHandler;
    }

    @Override
    public void start() {
        containers.forEach(container -> {
            container.start();
            LOG.info("{} listens to {}", container.getGroupId(), container.getContainerProperties().getTopics());
        });
    }

    @Override
    public void stop() {
        containers.forEach(ConcurrentMessageListenerContainer::stop);
    }

    @Override
    public boolean isRunning() {
        return containers.stream().anyMatch(ConcurrentMessageListenerContainer::isRunning);
    }

    /** Stops first of all: what is being handled still has its relay and its database. */
    @Override
    public int getPhase() {
        return SmartLifecycle.DEFAULT_PHASE - 1000;
    }
}
