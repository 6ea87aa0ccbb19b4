package dev.waybill.messaging.outbox;

import dev.waybill.events.Envelope;
import dev.waybill.messaging.MessageSpans;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Sends rows to their topics, in order. The producer is idempotent, tries for as long as it takes and has one request at a
 * time under way, so what is sent first stands first; after a failure that it cannot mend it is thrown away with all it still
 * holds, and nothing is sent after the row that failed until somebody reads on from the mark.
 *
 * <p>One request at a time, as idempotence alone does not keep the order: a partition that knows nothing of a producer takes
 * any sequence number for its first. Where the first batch is refused for a moment, as the leader is only just taking over, a
 * later one that is under way already would stand first (docs/adr).
 */
public class TopicPublisher {

    /** What the order of first occurrences rests on; laid over the application's own producer settings. */
    public static final Map<String, Object> PRODUCER_SETTINGS = Map.of(
            ProducerConfig.ACKS_CONFIG, "all",
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true,
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE,
            ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1,
            // One request takes what is read at once.
            ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024,
            ProducerConfig.LINGER_MS_CONFIG, 0);

    private final Supplier<Producer<String, byte[]>> producers;
    private final Duration patience;
    private final MessageSpans spans;
    private @Nullable Producer<String, byte[]> producer;

    /**
     * @param patience how long it waits for the broker before it lets the caller do something meanwhile
     */
    public TopicPublisher(Supplier<Producer<String, byte[]>> producers, Duration patience, MessageSpans spans) {
        this.producers = producers;
        this.patience = patience;
        this.spans = spans;
    }

    /**
     * Returns when the broker has all of them.
     *
     * @param whileWaiting called now and then as long as the broker does not answer
     * @throws RuntimeException when it has not; some may be there all the same
     */
    public void publish(List<OutboxRow> rows, Runnable whileWaiting) {
        try {
            Producer<String, byte[]> sender = producer();
            List<Future<RecordMetadata>> sent = new ArrayList<>(rows.size());
            for (OutboxRow row : rows) {
                Future<RecordMetadata> acknowledgement = send(sender, row);
                if (acknowledgement.isDone()) {
                    // A send that fails at once says so here only; what comes after it must not go out before it.
                    await(acknowledgement, whileWaiting);
                }
                sent.add(acknowledgement);
            }
            for (Future<RecordMetadata> acknowledgement : sent) {
                await(acknowledgement, whileWaiting);
            }
        } catch (RuntimeException e) {
            discard();
            throw e;
        }
    }

    private Future<RecordMetadata> send(Producer<String, byte[]> sender, OutboxRow row) {
        Envelope envelope = row.envelope();
        Consumer<@Nullable Exception> ended = spans.sending(
                row.topic(), envelope.id().value(), envelope.traceparent());
        return sender.send(recordOf(row), (_, failure) -> ended.accept(failure));
    }

    public void discard() {
        if (producer != null) {
            producer.close(Duration.ZERO);
            producer = null;
        }
    }

    private Producer<String, byte[]> producer() {
        if (producer == null) {
            producer = producers.get();
        }
        return producer;
    }

    private void await(Future<RecordMetadata> acknowledgement, Runnable whileWaiting) {
        while (true) {
            try {
                acknowledgement.get(patience.toMillis(), TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException _) {
                whileWaiting.run();
            } catch (ExecutionException e) {
                throw new IllegalStateException("The broker did not take a message", e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted while waiting for the broker", e);
            }
        }
    }

    static ProducerRecord<String, byte[]> recordOf(OutboxRow row) {
        var record = new ProducerRecord<>(
                row.topic(), row.envelope().partitionKey(), row.payload().getBytes(StandardCharsets.UTF_8));
        row.envelope().toHeaders()
                .forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return record;
    }
}
