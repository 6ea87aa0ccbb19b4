package dev.waybill.messaging.operations;

import dev.waybill.events.Envelope;
import dev.waybill.events.Envelope.Header;
import dev.waybill.events.MessageId;
import dev.waybill.events.MessageTypes;
import dev.waybill.events.OrderCommand.ConfirmOrder;
import dev.waybill.events.OrderEvent.OrderConfirmed;
import dev.waybill.events.OrderId;
import dev.waybill.events.Topic;
import dev.waybill.messaging.Ids;
import dev.waybill.messaging.MessageContext;
import dev.waybill.messaging.MessageJson;
import dev.waybill.messaging.Outbox;
import dev.waybill.messaging.Subscription;
import dev.waybill.messaging.TestAggregate;
import dev.waybill.messaging.outside.OutsideCall;
import dev.waybill.messaging.outside.OutsideCalls;
import dev.waybill.testing.TestServers;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** A service that confirms orders that it has, tells somebody outside about each, and parks what it cannot. */
@TestConfiguration
class OrderService {

    /** What was handled, in its order. */
    static final List<UUID> HANDLED = new CopyOnWriteArrayList<>();
    static final Set<OrderId> TOLD = ConcurrentHashMap.newKeySet();

    static final AtomicLong MINUTES_AHEAD = new AtomicLong();

    private static final String TELL = "tell";
    private static final KafkaProducer<String, byte[]> PRODUCER = new KafkaProducer<>(
            Map.of("bootstrap.servers", TestServers.bootstrapServers(), "max.request.size", 2_000_000),
            new StringSerializer(), new ByteArraySerializer());

    /** Goes with the time, and may be put forward. */
    @Bean
    Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return Instant.now().plus(Duration.ofMinutes(MINUTES_AHEAD.get()));
            }
        };
    }

    @Bean
    Subscription confirming(EntityManager entities, Outbox outbox, OutsideCalls calls) {
        return Subscription.named("order-commands").on(ConfirmOrder.class, command -> {
            OrderId id = command.orderId();
            TestAggregate order = entities.find(TestAggregate.class, id.value(), LockModeType.PESSIMISTIC_WRITE);
            if (order == null) {
                throw new IllegalStateException("There is no order " + id);
            }
            UUID message = MessageContext.current().orElseThrow().id().value();
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    HANDLED.add(message);
                }
            });
            outbox.append(order, new OrderConfirmed(id));
            calls.request(TELL, id);
        }).build();
    }

    @Bean
    OutsideCall<String> telling() {
        return new OutsideCall<>() {
            @Override
            public String kind() {
                return TELL;
            }

            @Override
            public String call(OrderId orderId, UUID idempotencyKey) {
                TOLD.add(orderId);
                return "told";
            }

            @Override
            public void record(OrderId orderId, String outcome) {}
        };
    }

    static byte[] confirm(OrderId order) {
        return MessageJson.write(new ConfirmOrder(order)).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Sends a command to the one partition that all of them share.
     *
     * @param headers in place of those that it should have; an empty text takes one away
     * @return its id
     */
    static UUID send(OrderId key, byte @Nullable [] payload, Map<String, String> headers) {
        return send(Topic.ORDER_COMMANDS, key, payload, headers);
    }

    static UUID send(Topic topic, OrderId key, byte @Nullable [] payload, Map<String, String> headers) {
        UUID id = Ids.next();
        var envelope = new Envelope(new MessageId(id), "/saga-orchestrator",
                MessageTypes.nameOf(ConfirmOrder.class), "order/" + key, Instant.now(), key.toString(), null, 1,
                key.toString(), null, null, null);
        Map<String, String> all = new HashMap<>(envelope.toHeaders());
        all.putAll(headers);
        @SuppressWarnings("NullAway") // a record's value may be null, whatever its type says
        var record = new ProducerRecord<String, byte[]>(topic.topicName(), 0, key.toString(), payload);
        all.forEach((name, text) -> {
            if (!text.isEmpty()) {
                record.headers().add(name, text.getBytes(StandardCharsets.UTF_8));
            }
        });
        var sent = PRODUCER.send(record);
        PRODUCER.flush();
        sent.resultNow();
        return UUID.fromString(all.get(Header.ID));
    }
}
