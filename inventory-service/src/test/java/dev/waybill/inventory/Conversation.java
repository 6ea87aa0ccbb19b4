package dev.waybill.inventory;

import dev.waybill.events.Envelope;
import dev.waybill.events.Event;
import dev.waybill.events.InventoryCommand;
import dev.waybill.events.Message;
import dev.waybill.events.MessageId;
import dev.waybill.events.MessageTypes;
import dev.waybill.events.OrderId;
import dev.waybill.events.SagaId;
import dev.waybill.events.Topic;
import dev.waybill.messaging.Ids;
import dev.waybill.messaging.MessageJson;
import dev.waybill.testing.Contracts;
import dev.waybill.testing.TestServers;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What others say to the inventory over Kafka, and what it says. */
final class Conversation implements AutoCloseable {

    private final List<ConsumerRecord<String, String>> said = new ArrayList<>();
    private final KafkaProducer<String, String> producer = new KafkaProducer<>(
            Map.of("bootstrap.servers", TestServers.bootstrapServers()), new StringSerializer(),
            new StringSerializer());
    private final KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
            Map.of("bootstrap.servers", TestServers.bootstrapServers(), "group.id", "inventory-test",
                    "auto.offset.reset", "earliest"),
            new StringDeserializer(), new StringDeserializer());

    Conversation() {
        consumer.subscribe(List.of(Topic.INVENTORY_EVENTS.topicName()));
    }

    @Override
    public void close() {
        producer.close();
        consumer.close();
    }

    MessageId send(InventoryCommand<?> command) {
        return send(command, Topic.INVENTORY_COMMANDS);
    }

    MessageId send(Message message, Topic topic) {
        String key = message.orderId().toString();
        Envelope envelope = new Envelope(Ids.nextMessageId(), "/test", MessageTypes.nameOf(message.getClass()),
                "test/" + key, Instant.now(), key, message instanceof Event ? 1L : null, 1, key, null,
                new SagaId(Ids.next()), null);
        var sent = new ProducerRecord<>(topic.topicName(), key, MessageJson.write(message));
        envelope.toHeaders()
                .forEach((name, value) -> sent.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        assertThat(producer.send(sent)).succeedsWithin(Duration.ofSeconds(30));
        return envelope.id();
    }

    /** The first answers about an order, each of them held against its contract. */
    List<ConsumerRecord<String, String>> answers(OrderId order, int count) {
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            consumer.poll(Duration.ofMillis(100)).forEach(said::add);
            return saidAbout(order).size() >= count;
        });
        saidAbout(order).forEach(answer -> Contracts.assertValid(type(answer), answer.value()));
        return saidAbout(order);
    }

    private List<ConsumerRecord<String, String>> saidAbout(OrderId order) {
        return said.stream().filter(answer -> answer.key().equals(order.toString())).toList();
    }

    static String type(ConsumerRecord<String, String> answer) {
        return envelope(answer).type();
    }

    static Envelope envelope(ConsumerRecord<String, String> answer) {
        return Envelope.fromHeaders(name -> header(answer.headers(), name));
    }

    private static @Nullable String header(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
