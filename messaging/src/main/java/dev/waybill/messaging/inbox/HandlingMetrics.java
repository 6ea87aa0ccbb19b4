package dev.waybill.messaging.inbox;

import dev.waybill.events.Topic;
import dev.waybill.messaging.Subscription;
import dev.waybill.messaging.inbox.Received.Legible;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What one subscription tells of what it does, as numbers. All of them are there from the beginning, as nought: a rate needs a value before the
 * first.
 *
 * <p>{@code messages.handled} is how long messages take: from when one was said, by its sender's clock, to when what came of it is
 * committed; the sender's outbox, the broker, waiting and handling together. A clock that is behind the sender's makes that shorter, down to
 * nothing. It costs a look into a map and some additions for a message. What was parked is not in it: a person's time says nothing about the
 * way.
 */
class HandlingMetrics {

    private static final String HANDLED = "messages.handled";

    private final String subscription;
    private final MeterRegistry metrics;
    private final Clock clock;
    private final Counter duplicates;
    private final Counter faults;
    private final Counter unknownTypes;
    private final Map<String, Timer> handled = new ConcurrentHashMap<>();

    HandlingMetrics(Subscription subscription, MeterRegistry metrics, Clock clock) {
        this.subscription = subscription.name();
        this.metrics = metrics;
        this.clock = clock;
        this.duplicates = counter("inbox_duplicates");
        this.faults = counter("message_faults_total");
        this.unknownTypes = counter("messages_unknown_type");
        subscription.topics().stream().map(Topic::topicName).forEach(this::timer);
    }

    void duplicate() {
        duplicates.increment();
    }

    void fault() {
        faults.increment();
    }

    void unknownType() {
        unknownTypes.increment();
    }

    /** Called when it is committed. */
    void handled(List<Legible> messages) {
        Instant now = clock.instant();
        for (Legible message : messages) {
            Instant said = message.context().saidAt();
            if (said != null) {
                timer(message.record().topic()).record(said.isAfter(now) ? Duration.ZERO : Duration.between(said, now));
            }
        }
    }

    private Timer timer(String topic) {
        return handled.computeIfAbsent(topic, of -> Timer.builder(HANDLED).tag("subscription", subscription)
                .tag("topic", of).description("From when a message was said to when what came of it was committed")
                .register(metrics));
    }

    private Counter counter(String name) {
        return metrics.counter(name, "subscription", subscription);
    }
}
