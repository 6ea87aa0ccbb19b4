package dev.waybill.notification.mails;

import dev.waybill.events.Envelope;
import dev.waybill.events.Event;
import dev.waybill.events.MessageId;
import dev.waybill.events.MessageTypes;
import dev.waybill.events.OrderId;
import dev.waybill.events.Topic;
import dev.waybill.messaging.Ids;
import dev.waybill.messaging.MessageJson;
import dev.waybill.testing.Contracts;
import dev.waybill.testing.TestServers;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** The other services, as far as they are heard: says their events on the real topics. */
final class OtherServices implements AutoCloseable {

    private final KafkaProducer<String, String> producer = new KafkaProducer<>(
            Map.of("bootstrap.servers", TestServers.bootstrapServers(), "linger.ms", "5"),
            new StringSerializer(), new StringSerializer());
    private final AtomicLong logicalTime = new AtomicLong();
    private final List<Future<?>> underWay = new ArrayList<>();

    /** Says it now; answers the event's id. */
    MessageId say(Event event) {
        MessageId id = say(event, Instant.now());
        flush();
        return id;
    }

    /** Says it as if it had been at that time, and does not wait until it is said. */
    MessageId say(Event event, Instant at) {
        MessageId id = Ids.nextMessageId();
        say(id, event, at);
        return id;
    }

    /** Says it under this id, perhaps again. */
    void say(MessageId id, Event event, Instant at) {
        OrderId order = event.orderId();
        String type = MessageTypes.nameOf(event.getClass());
        String payload = MessageJson.write(event);
        Contracts.assertValid(type, payload);
        var envelope = new Envelope(id, "/test", type, "test/" + order, at, order.toString(), null,
                logicalTime.incrementAndGet(), order.toString(), null, null, null);
        var record = new ProducerRecord<>(Topic.of(event).topicName(), order.toString(), payload);
        envelope.toHeaders()
                .forEach((name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        underWay.add(producer.send(record));
    }

    /** Waits until all of it is said. */
    void flush() {
        producer.flush();
        underWay.forEach(Future::resultNow);
        underWay.clear();
    }

    @Override
    public void close() {
        producer.close();
    }
}
