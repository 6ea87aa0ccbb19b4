package dev.waybill.messaging.inbox;

import dev.waybill.events.Envelope.Header;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Checks from outside what the relay promises: that an aggregate's events arrive in the order of their sequence, with none
 * missing. It looks at every record of the topics that a subscription reads, those that it does not handle too, and counts
 * {@code messages_sequence_gaps_total}, the events that were jumped over, and {@code messages_sequence_inversions_total},
 * those that came after one with a higher number. An event that comes again is neither, it is the inbox's to count.
 *
 * <p>It notes in memory, so that it costs next to nothing: per partition the aggregates heard of last, up to a bound, for as
 * long as the partition is assigned. Where a partition is read from its beginning every aggregate has to begin with 1; else one that is
 * heard of for the first time is believed. What lies between two assignments is thus the auditor's to check, not this.
 */
class SequenceVerifier {

    private static final Logger LOG = LoggerFactory.getLogger(SequenceVerifier.class);

    private final String subscription;
    private final int remembered;
    private final Counter gaps;
    private final Counter inversions;
    private final Map<TopicPartition, Notes> notes = new ConcurrentHashMap<>();

    /** @param remembered of how many aggregates of a partition it knows at most */
    SequenceVerifier(String subscription, int remembered, MeterRegistry metrics) {
        this.subscription = subscription;
        this.remembered = remembered;
        this.gaps = Counter.builder("messages_sequence_gaps").tag("subscription", subscription)
                .description("Events that an aggregate must have said, and that did not come in their place")
                .register(metrics);
        this.inversions = Counter.builder("messages_sequence_inversions").tag("subscription", subscription)
                .description("Events that came after a later one of their aggregate").register(metrics);
    }

    /** Looks at records that have been handled; those of one partition come from one thread, in their order. */
    void note(Collection<ConsumerRecord<String, byte[]>> records) {
        for (ConsumerRecord<String, byte[]> record : records) {
            Notes ofPartition = notes.computeIfAbsent(new TopicPartition(record.topic(), record.partition()),
                    _ -> new Notes(record.offset() == 0));
            String subject = header(record, Header.SUBJECT);
            long sequence = sequenceOf(record);
            if (subject != null && sequence > 0) {
                ofPartition.of(subject, sequence).accept(record, sequence);
            }
        }
    }

    /** 0 where there is none, or none that can be read: whoever handles such a message parks it. */
    private static long sequenceOf(ConsumerRecord<String, byte[]> record) {
        String text = header(record, Header.SEQUENCE);
        try {
            return text == null ? 0 : Long.parseLong(text);
        } catch (NumberFormatException _) {
            return 0;
        }
    }

    /** Somebody else may have moved on with these partitions by the time they come back. */
    void forget(Collection<TopicPartition> partitions) {
        partitions.forEach(notes::remove);
    }

    private static @Nullable String header(ConsumerRecord<String, byte[]> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    /** What one partition has carried. */
    private final class Notes {

        private boolean complete;
        private final SequencedMap<String, Heard> aggregates = new LinkedHashMap<>(16, 0.75f, true);

        /** @param complete whether it was read from the beginning, and nothing is forgotten */
        Notes(boolean complete) {
            this.complete = complete;
        }

        Heard of(String subject, long sequence) {
            Heard heard = aggregates.computeIfAbsent(subject, _ -> new Heard(complete ? 0 : sequence - 1));
            if (aggregates.size() > remembered) {
                aggregates.pollFirstEntry();
                complete = false;
            }
            return heard;
        }
    }

    /** How far one aggregate is, and what it has left out. */
    private final class Heard {

        private static final int MOST_MISSING = 1000;

        private long last;
        private @Nullable TreeSet<Long> missing;

        Heard(long last) {
            this.last = last;
        }

        void accept(ConsumerRecord<String, byte[]> record, long sequence) {
            if (sequence == last + 1) {
                last = sequence;
            } else if (sequence > last) {
                gaps.increment((double) (sequence - last - 1));
                LOG.error("{}: {} jumps from {} to {} at {}-{}@{}", subscription, header(record, Header.SUBJECT), last,
                        sequence, record.topic(), record.partition(), record.offset());
                jump(sequence);
            } else if (missing != null && missing.remove(sequence)) {
                inversions.increment();
            }
        }

        private void jump(long sequence) {
            TreeSet<Long> leftOut = missing == null ? new TreeSet<>() : missing;
            for (long number = Math.max(last + 1, sequence - MOST_MISSING); number < sequence; number++) {
                leftOut.add(number);
            }
            while (leftOut.size() > MOST_MISSING) {
                leftOut.pollFirst();
            }
            missing = leftOut;
            last = sequence;
        }
    }
}
