package dev.waybill.messaging.history;

import dev.waybill.defaults.logging.FaultInLog;
import dev.waybill.events.Envelope;
import dev.waybill.events.Envelope.Header;
import dev.waybill.events.Event;
import dev.waybill.events.Message;
import dev.waybill.events.MessageTypes;
import dev.waybill.events.Topic;
import dev.waybill.messaging.MessageJson;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The event topics from their beginning, for whoever has to go through all of it once more. It belongs to no consumer group, so
 * that nobody else's reading is disturbed. Each partition comes in its order, and duplicates come as they stand there.
 */
public class EventTopics {

    private static final Logger LOG = LoggerFactory.getLogger(EventTopics.class);
    private static final Duration POLL = Duration.ofMillis(500);

    private final Map<String, Object> consumerSettings;

    EventTopics(Map<String, Object> consumerSettings) {
        this.consumerSettings = new HashMap<>(consumerSettings);
    }

    /** Takes what is read. What it throws ends the reading. */
    public interface Reader {

        /** Said first: about how many records there are. */
        void begins(long records);

        /**
         * The next ones; without any at least once in a second.
         *
         * @param records how many were read for them: those that are of no concern, or that nobody can make sense of, count too
         */
        void read(List<RecordedEvent<Event>> events, long records);
    }

    /** Reads from the first record to what is the last one when this is called. */
    public void readAll(Set<Topic> topics, Reader reader) {
        try (Consumer<String, byte[]> consumer = new KafkaConsumer<>(consumerSettings, new StringDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = topics.stream()
                    .flatMap(topic -> consumer.partitionsFor(topic.topicName()).stream())
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition())).toList();
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            reader.begins(partitions.stream().mapToLong(it -> ends.getOrDefault(it, 0L) - begins.getOrDefault(it, 0L))
                    .sum());
            List<TopicPartition> left = new ArrayList<>(partitions);
            while (!pauseWhatHasEnded(consumer, left, ends)) {
                List<RecordedEvent<Event>> events = new ArrayList<>();
                long records = 0;
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    if (record.offset() < ends.getOrDefault(partitionOf(record), 0L)) {
                        records++;
                        eventIn(record).ifPresent(events::add);
                    }
                }
                reader.read(events, records);
            }
        }
    }

    private static boolean pauseWhatHasEnded(
            Consumer<String, byte[]> consumer, Collection<TopicPartition> left, Map<TopicPartition, Long> ends) {
        List<TopicPartition> ended = left.stream()
                .filter(partition -> consumer.position(partition) >= ends.getOrDefault(partition, 0L)).toList();
        consumer.pause(ended);
        left.removeAll(ended);
        return left.isEmpty();
    }

    /** What a subscription would pass over or park is left out here. */
    private static Optional<RecordedEvent<Event>> eventIn(ConsumerRecord<String, byte[]> record) {
        try {
            Optional<Class<? extends Message>> type = Optional.ofNullable(header(record, Header.TYPE))
                    .flatMap(MessageTypes::find);
            if (type.isEmpty() || record.value() == null || !Event.class.isAssignableFrom(type.get())) {
                return Optional.empty();
            }
            Envelope envelope = Envelope.fromHeaders(name -> header(record, name));
            Event event = MessageJson.read(record.value(), type.get().asSubclass(Event.class));
            return event.orderId().toString().equals(record.key())
                    ? Optional.of(new RecordedEvent<>(envelope, event))
                    : Optional.empty();
        } catch (RuntimeException | StackOverflowError e) {
            LOG.warn("Left out what nobody can make sense of, at {}-{}@{}: {}", record.topic(), record.partition(),
                    record.offset(), FaultInLog.of(e).toString());
            return Optional.empty();
        }
    }

    private static TopicPartition partitionOf(ConsumerRecord<String, byte[]> record) {
        return new TopicPartition(record.topic(), record.partition());
    }

    private static @Nullable String header(ConsumerRecord<String, byte[]> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
