package dev.waybill.messaging.inbox;

import dev.waybill.events.Message;
import dev.waybill.events.MessageId;
import dev.waybill.messaging.Subscription;
import dev.waybill.messaging.inbox.Received.Illegible;
import dev.waybill.messaging.inbox.Received.Legible;
import dev.waybill.messaging.inbox.Received.PassedOver;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Handles what one subscription receives: a poll's records in one transaction, and where that fails, each in one of its own.
 * When {@link #handle} returns, every record is handled, parked, waiting behind a parked one, or a duplicate. When it throws,
 * the fault was transient, and what is not yet committed has to come again.
 */
class Handling {

    private static final Logger LOG = LoggerFactory.getLogger(Handling.class);

    private final Subscription subscription;
    private final Inbox inbox;
    private final ParkedMessages parked;
    private final TransactionOperations transactions;
    private final int attempts;
    private final MeterRegistry metrics;

    Handling(Subscription subscription, Inbox inbox, ParkedMessages parked, TransactionOperations transactions,
            int attempts, MeterRegistry metrics) {
        this.subscription = subscription;
        this.inbox = inbox;
        this.parked = parked;
        this.transactions = transactions;
        this.attempts = attempts;
        this.metrics = metrics;
    }

    void handle(List<ConsumerRecord<String, byte[]>> records) {
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
        try {
            inTransaction(batch.values());
        } catch (RuntimeException e) {
            if (Faults.isTransient(e)) {
                LOG.warn("{}: {} messages wait for a fault to pass: {}", subscription.name(), batch.size(),
                        e.toString());
                throw e;
            }
            LOG.debug("{}: a batch of {} failed and is taken one by one: {}", subscription.name(), batch.size(), e);
            batch.values().forEach(this::alone);
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
        transact(() -> {
            List<Legible> ready = claim(batch, facts);
            if (ready.isEmpty()) {
                return;
            }
            subscription.prefetch(ready.stream().map(Legible::message).toList());
            for (Legible legible : ready) {
                Message message = legible.message();
                legible.context().run(() -> subscription.handle(message));
            }
        });
        facts.forEach(Runnable::run);
    }

    /** Throws what went wrong first: a rollback that fails as well, as the connection is gone, would hide it. */
    private void transact(Runnable work) {
        var first = new AtomicReference<@Nullable RuntimeException>();
        try {
            transactions.executeWithoutResult(_ -> {
                try {
                    work.run();
                } catch (RuntimeException e) {
                    first.set(e);
                    throw e;
                }
            });
        } catch (RuntimeException e) {
            RuntimeException cause = first.get();
            throw cause == null ? e : cause;
        }
    }

    /** Takes the batch on, parks what has to be parked, and answers what is to be handled now. */
    private List<Legible> claim(Collection<Received> batch, List<Runnable> facts) {
        List<Legible> ready = new ArrayList<>();
        Set<MessageId> fresh = inbox.claim(subscription.name(), batch.stream().map(Handling::idOf).toList());
        Set<String> blocked = parked.lockBlocked(subscription.name(), batch.stream().map(Handling::keyOf).toList());
        for (Received received : batch) {
            if (!fresh.contains(idOf(received))) {
                facts.add(() -> count("inbox_duplicates"));
            } else if (blocked.contains(keyOf(received))) {
                parked.waitBehind(subscription.name(), received.record(), idOf(received));
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
        transact(() -> {
            if (inbox.claim(subscription.name(), List.of(idOf(received))).isEmpty()) {
                facts.add(() -> count("inbox_duplicates"));
            } else if (parked.lockBlocked(subscription.name(), List.of(keyOf(received))).isEmpty()) {
                park(received, fault, attempts, facts);
            } else {
                parked.waitBehind(subscription.name(), received.record(), idOf(received));
            }
        });
        facts.forEach(Runnable::run);
    }

    private void park(Received received, RuntimeException fault, int tried, List<Runnable> facts) {
        var record = received.record();
        parked.park(subscription.name(), record, idOf(received), fault, tried);
        facts.add(() -> {
            count("messages_parked_total");
            LOG.error(
                    "{}: message {} at {}-{}@{} is parked, and with it what follows under key {}",
                    subscription.name(),
                    idOf(received),
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    keyOf(received),
                    fault);
        });
    }

    private void passOver(PassedOver message) {
        switch (message.reason()) {
            case NOT_HANDLED_HERE -> {
            }
            case UNKNOWN_TYPE -> {
                count("messages_unknown_type");
                LOG.debug("{}: passed over a message of unknown type: {}", subscription.name(), message.record());
            }
        }
    }

    private void addTo(Map<MessageId, Received> batch, MessageId id, Received received) {
        if (batch.putIfAbsent(id, received) != null) {
            count("inbox_duplicates");
        }
    }

    private void count(String metric) {
        metrics.counter(metric, "subscription", subscription.name()).increment();
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
