package dev.waybill.messaging.outbox;

import dev.waybill.messaging.MessagingSettings;
import dev.waybill.messaging.outbox.TopicTails.Own;
import dev.waybill.messaging.outbox.TopicTails.Tail;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.beans.factory.InitializingBean;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Notices a database that was set back to an earlier point: topics then hold messages of this service that its outbox does not
 * know. It asks before anything is consumed, served or published, and refuses the start; where Kafka does not answer the
 * service starts without, and until it has answered nothing is published and nothing handled. If it turns out then, it stays so.
 *
 * <p>The topics are looked at first and the outbox after them: what another replica publishes meanwhile was committed before it
 * was sent.
 */
public class RestoreCheck implements InitializingBean, Relay.Clearance {

    private static final Logger LOG = LoggerFactory.getLogger(RestoreCheck.class);

    /** In each partition: as many records of others, or illegible ones, may stand behind our last one. */
    static final int DEPTH = 50;
    /** Where something is forgotten, to say how much. */
    static final int DEPTH_TO_COUNT = 1_000;
    /** Once it runs nobody waits for the answer, and a slow one is better than none. */
    private static final Duration PATIENCE_WHILE_RUNNING = Duration.ofSeconds(30);

    private final String source;
    private final Map<TopicPartition, Long> seenTo;
    private final Duration patience;
    private final TopicTails topics;
    private final OutboxMemory outbox;
    private volatile State state = new Unanswered("Kafka has not been asked yet");
    /** Whether it has to be asked (again) before anything is published. */
    private volatile boolean due = true;

    /** What is known of it. */
    public sealed interface State permits InOrder, Unanswered, Behind {}

    /** The outbox knows all that was published. */
    public record InOrder() implements State {}

    /** Nothing is known as yet. */
    public record Unanswered(String why) implements State {}

    /** It does not. A restart is needed, when that has been seen to. */
    public record Behind(Forgotten forgotten) implements State {}

    RestoreCheck(String source, MessagingSettings.Restored settings, TopicTails topics, OutboxMemory outbox) {
        this.source = source;
        this.seenTo = settings.offsets();
        this.patience = settings.patience();
        this.topics = topics;
        this.outbox = outbox;
    }

    /** @throws OutboxIsBehindException when the topics know something that the outbox does not */
    @Override
    public void afterPropertiesSet() {
        if (ask(patience) instanceof Behind(Forgotten forgotten)) {
            throw new OutboxIsBehindException(forgotten);
        }
    }

    public State state() {
        return state;
    }

    @Override
    public boolean mayPublish() {
        return switch (state) {
            case Behind _ -> false;
            case InOrder _,Unanswered _ -> !due || ask(PATIENCE_WHILE_RUNNING) instanceof InOrder;
        };
    }

    /** It may be another database that answers next, one that has not got all that this one had. */
    @Override
    public void interrupted() {
        due = true;
    }

    /**
     * To be called before messages are handled.
     *
     * @throws IllegalStateException as long as they must not be
     */
    public void beforeHandling() {
        switch (state) {
            case InOrder _ -> {
            }
            case Unanswered(String why) -> throw new IllegalStateException("Nothing is handled yet: " + why);
            case Behind(Forgotten forgotten) -> throw new IllegalStateException(
                    "Nothing is handled: %d messages that were published are not in the outbox"
                            .formatted(forgotten.records()));
        }
    }

    /** How many messages are on topics that the outbox does not know; not a number where nothing is known as yet. */
    double forgottenMessages() {
        return switch (state) {
            case InOrder _ -> 0;
            case Unanswered _ -> Double.NaN;
            case Behind(Forgotten forgotten) -> forgotten.records();
        };
    }

    private State ask(Duration atMost) {
        long began = System.nanoTime();
        State before = state;
        State answer = answer(atMost);
        due = answer instanceof Unanswered;
        switch (answer) {
            case InOrder _ -> LOG.atLevel(before instanceof InOrder ? Level.DEBUG : Level.INFO)
                    .log("The outbox knows what stands at the ends of the topics; asked in {} ms",
                            Duration.ofNanos(System.nanoTime() - began).toMillis());
            case Unanswered(String why) ->
                LOG.warn("Nothing is published until it is known whether the outbox is behind: {}", why);
            case Behind(Forgotten forgotten) -> LOG.error("Nothing is published or handled any more. {}\n\n{}",
                    forgotten.whatHasHappened(), forgotten.whatToDo());
        }
        if (!due || !(before instanceof InOrder)) {
            state = answer;
        }
        return answer;
    }

    private State answer(Duration atMost) {
        try {
            Forgotten forgotten = among(topics.last(DEPTH, atMost));
            return forgotten.isEmpty() ? new InOrder() : new Behind(counted(forgotten));
        } catch (KafkaException e) {
            return new Unanswered(
                    "Kafka does not say what stands at the ends of the topics (%s)".formatted(e.getMessage()));
        }
    }

    private Forgotten counted(Forgotten forgotten) {
        try {
            List<TopicPartition> partitions = forgotten.stretches().stream().map(Forgotten.Stretch::partition).toList();
            return among(topics.last(partitions, DEPTH_TO_COUNT, PATIENCE_WHILE_RUNNING));
        } catch (KafkaException e) {
            LOG.warn("It cannot be said how many there are: {}", e.toString());
            return forgotten;
        }
    }

    private Forgotten among(List<Tail> all) {
        List<Tail> notSeenTo = all.stream().map(tail -> tail.after(seenTo.getOrDefault(tail.partition(), -1L)))
                .toList();
        return Forgotten.of(source, notSeenTo, outbox.forgottenOf(
                notSeenTo.stream().flatMap(tail -> tail.own().stream()).map(Own::envelope).toList()));
    }
}
