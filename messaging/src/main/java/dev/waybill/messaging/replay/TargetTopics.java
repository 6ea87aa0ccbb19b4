package dev.waybill.messaging.replay;

import dev.waybill.defaults.problems.ProblemType;
import dev.waybill.events.Topic;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Which topics a replay may go to: those that are there, and on which nobody lives. */
class TargetTopics {

    private static final ProblemType LIVE = ProblemType.unprocessable("live-topic",
            "A replay does not go to a topic that services live on");
    private static final ProblemType UNKNOWN = ProblemType.unprocessable("unknown-topic", "There is no such topic");
    private static final ProblemType AWAY = ProblemType.unavailable("broker-away", "Kafka does not answer");
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Map<String, Object> adminSettings;

    TargetTopics(Map<String, Object> adminSettings) {
        this.adminSettings = adminSettings;
    }

    /** Throws the problem that there is with this topic. */
    void check(String topic) {
        if (topic.startsWith("__") || Arrays.stream(Topic.values()).anyMatch(live -> live.topicName().equals(topic))) {
            throw LIVE.because("Make a topic for the newcomer; %s is not for replays".formatted(topic))
                    .at("/topic", "This topic is in use");
        }
        try {
            if (!exists(topic)) {
                throw UNKNOWN.because("Topics are made by an explicit step, and %s was not".formatted(topic))
                        .at("/topic", "There is no topic of this name");
            }
        } catch (TimeoutException e) {
            throw AWAY.because("It cannot be known now whether the topic is there").retryAfter(PATIENCE);
        }
    }

    /**
     * Whether the broker knows the topic.
     *
     * @throws TimeoutException when it does not answer
     */
    boolean exists(String topic) throws TimeoutException {
        try (Admin admin = Admin.create(adminSettings)) {
            admin.describeTopics(List.of(topic)).allTopicNames().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return false;
            }
            var unanswered = new TimeoutException(e.toString());
            unanswered.initCause(e);
            throw unanswered;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while Kafka was asked", e);
        }
    }
}
