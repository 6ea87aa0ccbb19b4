package dev.waybill.messaging.outbox;

import dev.waybill.messaging.MessageSpans;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The stronger promise, to be measured against: each batch is a Kafka transaction, and whoever takes over fences the one
 * before, whose batch is then never read by those who read committed messages only.
 */
final class FencedPublisher extends TopicPublisher {

    private final Map<String, Object> settings;
    private @Nullable Producer<String, byte[]> producer;

    FencedPublisher(Map<String, Object> producerSettings, String transactionalId) {
        super(() -> {
            throw new IllegalStateException("has a producer of its own");
        }, Duration.ZERO, MessageSpans.none());
        this.settings = new HashMap<>(producerSettings);
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
    }

    @Override
    public void publish(List<OutboxRow> rows, Runnable whileWaiting) {
        try {
            Producer<String, byte[]> sender = producer();
            sender.beginTransaction();
            for (OutboxRow row : rows) {
                // A send that fails fails the commit.
                var _ = sender.send(recordOf(row));
            }
            sender.commitTransaction();
        } catch (RuntimeException e) {
            discard();
            throw e;
        }
    }

    @Override
    public void discard() {
        if (producer != null) {
            producer.close(Duration.ZERO);
            producer = null;
        }
    }

    private Producer<String, byte[]> producer() {
        if (producer == null) {
            producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
            producer.initTransactions();
        }
        return producer;
    }
}
