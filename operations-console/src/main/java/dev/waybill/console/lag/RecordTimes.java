package dev.waybill.console.lag;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * When records were written, by where they are. The admin client cannot say it, so the record is read, by a consumer of no group. What was
 * read is remembered for as long as somebody asks for it: a group that stands still costs one record and not one every time.
 */
@Component
class RecordTimes implements DisposableBean {

    /** For all that is asked at once, in however many rounds. What is not there by then is asked for the next time. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration POLL = Duration.ofMillis(100);
    /** Of each partition: some records, not the megabyte that is usual. */
    private static final int FETCH_BYTES = 4096;

    private final Consumer<byte[], byte[]> consumer;
    private final Duration patience;
    private Map<Place, Instant> known = Map.of();

    @Autowired
    RecordTimes(ConsumerSettings settings) {
        this(consumer(settings), PATIENCE);
    }

    RecordTimes(Consumer<byte[], byte[]> consumer, Duration patience) {
        this.consumer = consumer;
        this.patience = patience;
    }

    private static Consumer<byte[], byte[]> consumer(ConsumerSettings settings) {
        Map<String, Object> properties = new HashMap<>(settings.properties());
        properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    record Place(TopicPartition partition, long offset) {}

    /** Of those places that could be read in time; where a record has gone by now, the time of the next that is there. */
    Map<Place, Instant> of(Collection<Place> places) {
        Map<Place, Instant> times = new HashMap<>();
        Map<TopicPartition, List<Place>> wanted = new HashMap<>();
        for (Place place : Set.copyOf(places)) {
            Instant time = known.get(place);
            if (time == null) {
                wanted.computeIfAbsent(place.partition(), partition -> new ArrayList<>()).add(place);
            } else {
                times.put(place, time);
            }
        }
        long until = System.nanoTime() + patience.toNanos();
        // Groups may stand at different places of one partition: a round reads one of each. None takes the others' share of the time.
        for (int rounds = wanted.values().stream().mapToInt(List::size).max().orElse(0); rounds > 0; rounds--) {
            Map<TopicPartition, Place> round = new HashMap<>();
            wanted.forEach((partition, theirs) -> round.put(partition, theirs.removeLast()));
            wanted.values().removeIf(List::isEmpty);
            long now = System.nanoTime();
            times.putAll(read(round, now + (until - now) / rounds));
        }
        known = Map.copyOf(times);
        return times;
    }

    private Map<Place, Instant> read(Map<TopicPartition, Place> places, long until) {
        Map<Place, Instant> times = new HashMap<>();
        consumer.assign(places.keySet());
        places.forEach((partition, place) -> consumer.seek(partition, place.offset()));
        for (long left = until - System.nanoTime(); left > 0
                && times.size() < places.size(); left = until - System.nanoTime()) {
            var records = consumer.poll(Duration.ofNanos(Math.min(left, POLL.toNanos())));
            for (TopicPartition partition : records.partitions()) {
                ConsumerRecord<byte[], byte[]> first = records.records(partition).getFirst();
                times.put(places.get(partition), Instant.ofEpochMilli(first.timestamp()));
                consumer.pause(List.of(partition));
            }
        }
        consumer.assign(List.of());
        return times;
    }

    @Override
    public void destroy() {
        consumer.close();
    }
}
