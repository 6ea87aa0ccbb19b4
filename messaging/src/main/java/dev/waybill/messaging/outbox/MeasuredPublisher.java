package dev.waybill.messaging.outbox;

import dev.waybill.messaging.MessageSpans;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.apache.kafka.clients.producer.Producer;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** Counts what the relay has published, and how long the broker takes to acknowledge a batch. */
final class MeasuredPublisher extends TopicPublisher {

    private final Counter published;
    private final Timer batches;

    MeasuredPublisher(Supplier<Producer<String, byte[]>> producers, Duration patience, MessageSpans spans,
            MeterRegistry metrics) {
        super(producers, patience, spans);
        this.published = Counter.builder("outbox_published").description("Messages that the broker has acknowledged")
                .register(metrics);
        this.batches = Timer.builder("outbox_publish").description("Until the broker has acknowledged a batch")
                .register(metrics);
    }

    @Override
    public void publish(List<OutboxRow> rows, Runnable whileWaiting) {
        long began = System.nanoTime();
        super.publish(rows, whileWaiting);
        batches.record(Duration.ofNanos(System.nanoTime() - began));
        published.increment(rows.size());
    }
}
