package dev.waybill.testing;

import dev.waybill.events.Envelope;
import dev.waybill.events.Message;
import dev.waybill.events.MessageId;
import dev.waybill.events.MessageTypes;
import dev.waybill.events.OrderId;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** Messages as no program of ours writes them: the right headers, and any payload. */
public final class RawMessages {

    private RawMessages() {}

    /** Returns when it is on the topic. */
    public static void send(String topic, OrderId order, Class<? extends Message> type, String payload) {
        var envelope = new Envelope(new MessageId(UUID.randomUUID()), "/test", MessageTypes.nameOf(type),
                "test/" + order, Instant.now(), order.toString(), null, 1, order.toString(), null, null, null);
        var record = new ProducerRecord<>(topic, order.toString(), payload);
        envelope.toHeaders()
                .forEach((name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", TestServers.bootstrapServers()),
                new StringSerializer(), new StringSerializer())) {
            var sent = producer.send(record);
            producer.flush();
            sent.resultNow();
        }
    }
}
