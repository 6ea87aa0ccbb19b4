package dev.waybill.order;

import dev.waybill.events.Address;
import dev.waybill.events.CustomerId;
import dev.waybill.events.Envelope;
import dev.waybill.events.Event;
import dev.waybill.events.MessageTypes;
import dev.waybill.events.Money;
import dev.waybill.events.OrderEvent.Line;
import dev.waybill.events.OrderEvent.OrderPlaced;
import dev.waybill.events.OrderId;
import dev.waybill.events.OrderNumber;
import dev.waybill.events.PaymentMethod;
import dev.waybill.events.Quantity;
import dev.waybill.events.Sku;
import dev.waybill.events.Topic;
import dev.waybill.messaging.Ids;
import dev.waybill.messaging.MessageJson;
import dev.waybill.messaging.history.RecordedEvent;
import dev.waybill.testing.TestServers;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Events as services say them, made by a test and put on their topics. */
public final class Said implements AutoCloseable {

    private final KafkaProducer<String, String> topics = new KafkaProducer<>(
            Map.of("bootstrap.servers", TestServers.bootstrapServers(), "linger.ms", "20"),
            new StringSerializer(),
            new StringSerializer());

    public static OrderPlaced placed(OrderId order, String number, String customer, String... skus) {
        List<Line> lines = Arrays.stream(skus)
                .map(sku -> new Line(new Sku(sku), Quantity.of(1), Money.of(100, "EUR"))).toList();
        return new OrderPlaced(
                order,
                new OrderNumber(number),
                new CustomerId(customer),
                lines,
                Money.of(100L * skus.length, "EUR"),
                new PaymentMethod("pm_card_visa"),
                new Address("Alice Doe", "1 Main St", null, "Berlin", "10115", "DE"),
                "alice@example.com");
    }

    /** The context says it of the aggregate that it has for this order. */
    public static <E extends Event> RecordedEvent<Event> by(
            String context, long sequence, long logicalTime, Instant at, E event) {
        String order = event.orderId().toString();
        return new RecordedEvent<>(
                new Envelope(
                        Ids.nextMessageId(),
                        "/" + context + "-service",
                        MessageTypes.nameOf(event.getClass()),
                        context + "/" + order,
                        at,
                        order,
                        sequence,
                        logicalTime,
                        order,
                        null,
                        null,
                        null),
                event);
    }

    public void send(List<RecordedEvent<Event>> events) {
        for (RecordedEvent<Event> said : events) {
            var record = new ProducerRecord<>(
                    Topic.of(said.event()).topicName(),
                    said.event().orderId().toString(),
                    MessageJson.write(said.event()));
            said.envelope().toHeaders()
                    .forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
            var _ = topics.send(record);
        }
        topics.flush();
    }

    @Override
    public void close() {
        topics.close();
    }
}
