package dev.waybill.messaging.inbox;

import dev.waybill.defaults.logging.FaultInLog;
import dev.waybill.events.MessageId;
import dev.waybill.messaging.MessageContext;
import dev.waybill.messaging.MessageSpans;
import dev.waybill.messaging.Subscription;
import dev.waybill.messaging.inbox.Received.Illegible;
import dev.waybill.messaging.inbox.Received.Legible;
import dev.waybill.messaging.inbox.Received.PassedOver;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Handles what one subscription receives: a poll's records in one transaction, and where that fails, each in one of its own.
 * When {@link #handle} returns, every record is handled, parked, waiting behind a parked one, or a duplicate. When it throws,
 * the fault was transient or the subscription is paused, and what is not yet committed has to come again.
 */
class Handling {

    private static final Logger LOG = LoggerFactory.getLogger(Handling.class);

    private final Subscription subscription;
    private final Inbox inbox;
    private final ParkedMessages parked;
    private final ParkingWatch watch;
    private final Transactions transactions;
    private final MessageSpans spans;
    private final int attempts;
    private final HandlingMetrics metrics;

    Handling(Subscription subscription, Inbox inbox, ParkedMessages parked, ParkingWatch watch,
            Transactions transactions, MessageSpans spans, int attempts, HandlingMetrics metrics) {
        this.subscription = subscription;
        this.inbox = inbox;
        this.parked = parked;
        this.watch = watch;
        this.transactions = transactions;
        this.spans = spans;
        this.attempts = attempts;
        this.metrics = metrics;
    }

    Subscription subscription() {
        return subscription;
    }

    ParkingWatch watch() {
        return watch;
    }

    void handle(List<ConsumerRecord<String, byte[]>> records) {
        watch.requireRunning();
        // Keyed by id: the same message twice in one poll is a duplicate like any other.
        Map<MessageId, Received> batch = new LinkedHashMap<>();
        for (ConsumerRecord<String, byte[]> record : records) {
            switch (Received.read(record, subscription)) {
                case Legible message -> addTo(batch, message.id(), message);
                case Illegible message -> addTo(batch, message.id(), message);
                case PassedOver message -> passOver(message);
            }
        }
        if (batch.isEmpty()) {
            return;
        }
        long illegible = batch.values().stream().filter(Illegible.class::isInstance).count();
        if (illegible > watch.tolerated()) {
            oneByOne(batch.values());
            return;
        }
        try {
            inTransaction(batch.values());
        } catch (RuntimeException e) {
            if (Faults.isTransient(e)) {
                LOG.warn("{}: {} messages wait for a fault to pass: {}", subscription.name(), batch.size(),
                        FaultInLog.of(e).toString());
                throw e;
            }
            LOG.debug("{}: a batch of {} failed and is taken one by one", subscription.name(), batch.size(),
                    FaultInLog.of(e));
            oneByOne(batch.values());
        }
    }

    /** Ends where the subscription pauses; what was not taken on until then comes again when it goes on. */
    private void oneByOne(Collection<Received> batch) {
        for (Received message : batch) {
            watch.requireRunning();
            alone(message);
        }
    }

    private void alone(Received message) {
        for (int attempt = 1;; attempt++) {
            try {
                inTransaction(List.of(message));
                return;
            } catch (RuntimeException e) {
                if (Faults.isTransient(e)) {
                    throw e;
                }
                if (attempt == attempts) {
                    parkAlone(message, e);
                    return;
                }
            }
        }
    }

    /** What is counted and logged is told after the commit: before it, it may still not have happened. */
    private void inTransaction(Collection<Received> batch) {
        List<Runnable> facts = new ArrayList<>();
        transactions.run(() -> {
            List<Legible> ready = claim(batch, facts);
            if (ready.isEmpty()) {
                return;
            }
            deliver(ready);
            facts.add(() -> {
                watch.handled(ready.size());
                metrics.handled(ready);
            });
        });
        facts.forEach(Runnable::run);
    }

    /** Hands messages to their use cases, each of them as the message that is being handled, in the running transaction. */
    void deliver(List<Legible> ready) {
        subscription.prefetch(ready.stream().map(Legible::message).toList());
        for (Legible legible : ready) {
            MessageContext context = legible.context();
            // The line is said inside the span: where that ends it takes the trace out of the log.
            legible.inLog(() -> context.run(
                    () -> spans.processing(legible.record(), context, subscription.name(), () -> {
                        subscription.handle(legible.message());
                        sayThatItWasHandled(legible);
                    })));
        }
    }

    /** Not committed yet: where the transaction fails, it is handled again and says so again. */
    private void sayThatItWasHandled(Legible legible) {
        if (LOG.isDebugEnabled()) {
            var record = legible.record();
            LOG.debug("{}: handled {} at {}-{}@{}", subscription.name(), legible.message().getClass().getSimpleName(),
                    record.topic(), record.partition(), record.offset());
        }
    }

    /** Takes the batch on, parks what has to be parked, and answers what is to be handled now. */
    private List<Legible> claim(Collection<Received> batch, List<Runnable> facts) {
        List<Legible> ready = new ArrayList<>();
        Set<MessageId> fresh = inbox.claim(subscription.name(), batch.stream().map(Handling::idOf).toList());
        Set<String> blocked = parked.lockBlocked(subscription.name(), batch.stream().map(Handling::keyOf).toList());
        for (Received received : batch) {
            if (!fresh.contains(idOf(received))) {
                facts.add(metrics::duplicate);
            } else if (blocked.contains(keyOf(received))) {
                waitBehind(received, facts);
            } else if (received instanceof Illegible illegible) {
                park(illegible, illegible.fault(), 1, facts);
                blocked.add(keyOf(received));
            } else if (received instanceof Legible legible) {
                ready.add(legible);
            }
        }
        return ready;
    }

    private void parkAlone(Received received, RuntimeException fault) {
        List<Runnable> facts = new ArrayList<>();
        transactions.run(() -> {
            if (inbox.claim(subscription.name(), List.of(idOf(received))).isEmpty()) {
                facts.add(metrics::duplicate);
            } else if (parked.lockBlocked(subscription.name(), List.of(keyOf(received))).isEmpty()) {
                park(received, fault, attempts, facts);
            } else {
                waitBehind(received, facts);
            }
        });
        facts.forEach(Runnable::run);
    }

    private void park(Received received, RuntimeException fault, int tried, List<Runnable> facts) {
        var record = received.record();
        if (!parked.park(subscription.name(), record, idOf(received), fault, tried)) {
            facts.add(metrics::duplicate);
            return;
        }
        facts.add(() -> {
            metrics.fault();
            watch.parked().ifPresent(this::sayThatItPauses);
            received.inLog(() -> LOG.error(
                    "{}: message {} at {}-{}@{} is parked, and with it what follows under key {}",
                    subscription.name(),
                    idOf(received),
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    keyOf(received),
                    FaultInLog.of(fault)));
        });
    }

    /** Nobody can have handled it meanwhile; where it is here already, the inbox has forgotten it, and its row has not. */
    private void waitBehind(Received received, List<Runnable> facts) {
        if (!parked.waitBehind(subscription.name(), received.record(), idOf(received))) {
            facts.add(metrics::duplicate);
        }
    }

    private void sayThatItPauses(ParkingWatch.Pause pause) {
        LOG.error(
                "{} pauses: {}. That is a bad deployment rather than bad messages; nothing is lost, and it goes on after a"
                        + " restart or by POST /operations/subscriptions/{}/resume",
                subscription.name(),
                pause.reason(),
                subscription.name());
    }

    private void passOver(PassedOver message) {
        switch (message.reason()) {
            case NOT_HANDLED_HERE -> {
            }
            case UNKNOWN_TYPE -> {
                metrics.unknownType();
                LOG.debug("{}: passed over a message of unknown type: {}", subscription.name(), message.record());
            }
        }
    }

    private void addTo(Map<MessageId, Received> batch, MessageId id, Received received) {
        if (batch.putIfAbsent(id, received) != null) {
            metrics.duplicate();
        }
    }

    private static MessageId idOf(Received received) {
        return switch (received) {
            case Legible legible -> legible.id();
            case Illegible illegible -> illegible.id();
            case PassedOver passedOver -> throw new IllegalArgumentException(passedOver + " is for others");
        };
    }

    private static String keyOf(Received received) {
        return ParkedMessages.keyOf(received.record());
    }
}
