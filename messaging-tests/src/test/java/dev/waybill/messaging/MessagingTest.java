package dev.waybill.messaging;

import dev.waybill.events.MessageId;
import dev.waybill.events.OrderCommand.ConfirmOrder;
import dev.waybill.events.OrderEvent.OrderConfirmed;
import dev.waybill.events.OrderId;
import dev.waybill.events.OrderNumber;
import dev.waybill.events.SagaId;
import dev.waybill.testing.RealServers;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** From an append in a transaction to a handler, through a real PostgreSQL and a real Kafka. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.NONE)
@ContextConfiguration(initializers = RealServers.class)
@Import(MessagingTest.Subscriptions.class)
class MessagingTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Map<OrderId, List<Heard>> HEARD = new ConcurrentHashMap<>();

    @Autowired
    Outbox outbox;
    @Autowired
    TransactionTemplate transaction;
    @Autowired
    EntityManager entityManager;
    @Autowired
    MeterRegistry metrics;

    private record Heard(MessageContext context) {}

    @TestConfiguration
    static class Subscriptions {
        @Bean
        Subscription confirmations() {
            return Subscription.named("confirmations")
                    .on(OrderConfirmed.class, event -> hear(event.orderId()))
                    .on(ConfirmOrder.class, command -> hear(command.orderId())).build();
        }

        private static void hear(OrderId orderId) {
            var context = MessageContext.current().orElseThrow();
            HEARD.computeIfAbsent(orderId, _ -> new ArrayList<>()).add(new Heard(context));
        }
    }

    @Test
    void whatIsAppendedIsHandledElsewhere() {
        TestAggregate order = saved();
        transaction.executeWithoutResult(_ -> confirm(order.orderId()));
        await().atMost(SOON).untilAsserted(() -> assertThat(heard(order.orderId())).hasSize(1));
        assertThat(heard(order.orderId()).getFirst().context().correlationId()).isEqualTo(order.orderId().toString());
    }

    @Test
    void whatIsRolledBackIsNeverSaid() {
        TestAggregate order = saved();
        assertThatThrownBy(() -> transaction.executeWithoutResult(_ -> {
            confirm(order.orderId());
            throw new IllegalStateException("changed my mind");
        })).hasMessage("changed my mind");
        transaction.executeWithoutResult(_ -> confirm(order.orderId()));
        await().atMost(SOON).untilAsserted(() -> assertThat(heard(order.orderId())).hasSize(1));
        assertThat(heard(order.orderId()).getFirst().context().logicalTime()).isEqualTo(1);
    }

    @Test
    void nothingCanBeSaidOutsideATransaction() {
        TestAggregate order = saved();
        assertThatThrownBy(() -> outbox.append(order, new OrderConfirmed(order.orderId())))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anAnswerNamesItsCauseAndStaysInItsSagaAndTraceAndBearsItsOrdersNumber() {
        TestAggregate order = saved();
        var saga = new SagaId(Ids.next());
        MessageId command = Ids.nextMessageId();
        var cause = new MessageContext(command, null, saga, "order-1", 41,
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", new OrderNumber("W-100042"), null);
        cause.run(() -> transaction.executeWithoutResult(_ -> confirm(order.orderId())));
        await().atMost(SOON).untilAsserted(() -> assertThat(heard(order.orderId())).hasSize(1));
        MessageContext heard = heard(order.orderId()).getFirst().context();
        assertThat(heard.causationId()).isEqualTo(command);
        assertThat(heard.sagaId()).isEqualTo(saga);
        assertThat(heard.correlationId()).isEqualTo("order-1");
        assertThat(heard.logicalTime()).isEqualTo(42);
        assertThat(heard.traceparent()).isEqualTo(cause.traceparent());
        assertThat(heard.orderNumber()).isEqualTo(cause.orderNumber());
    }

    @Test
    void aCommandThatIsSentTwiceIsHandledOnce() {
        TestAggregate sender = saved();
        var saga = new SagaId(Ids.next());
        MessageId first = Ids.nextMessageId();
        MessageId second = Ids.nextMessageId();
        for (MessageId id : List.of(first, first, second)) {
            transaction.executeWithoutResult(_ -> outbox.send(sender, saga, id, new ConfirmOrder(sender.orderId())));
        }
        await().atMost(SOON).untilAsserted(() -> assertThat(heard(sender.orderId())).hasSize(2));
        assertThat(heard(sender.orderId())).extracting(heard -> heard.context().id()).containsExactly(first, second);
    }

    @Test
    void aNumberThatAnAggregateLeavesOutIsCountedWhereItIsMissed() {
        hearWhatIsThere();
        double before = gaps();
        TestAggregate order = saved();
        transaction.executeWithoutResult(_ -> confirm(order.orderId()));
        transaction.executeWithoutResult(_ -> {
            aggregate(order.orderId()).events().nextSequence();
            confirm(order.orderId());
        });
        await().atMost(SOON).untilAsserted(() -> assertThat(gaps()).isEqualTo(before + 1));
    }

    /** Other tests have left messages on the same topic, some of them out of order by intent. */
    private void hearWhatIsThere() {
        List<OrderId> onEveryPartition = Stream.generate(this::saved).limit(100).map(TestAggregate::orderId).toList();
        transaction.executeWithoutResult(_ -> onEveryPartition.forEach(this::confirm));
        await().atMost(SOON).until(() -> HEARD.keySet().containsAll(onEveryPartition));
    }

    private double gaps() {
        return metrics.get("messages_sequence_gaps").tag("subscription", "confirmations").counter().count();
    }

    @Test
    void concurrentTransactionsOfEveryLengthAreHeardInTheOrderOfTheChangesAndCompletely() throws Exception {
        int writers = 8;
        int transactionsEach = 50;
        hearWhatIsThere();
        double gapsBefore = gaps();
        List<OrderId> orders = Stream.generate(this::saved).limit(5).map(TestAggregate::orderId).toList();
        List<Callable<Void>> tasks = new ArrayList<>();
        for (int writer = 0; writer < writers; writer++) {
            var random = new Random(writer);
            tasks.add(() -> {
                for (int i = 0; i < transactionsEach; i++) {
                    transaction.executeWithoutResult(status -> changeSome(orders, random, status));
                }
                return null;
            });
        }
        try (var threads = Executors.newFixedThreadPool(writers)) {
            for (Future<Void> writer : threads.invokeAll(tasks)) {
                writer.get();
            }
        }
        for (OrderId order : orders) {
            long said = transaction.execute(_ -> aggregate(order).events().sequence());
            assertThat(said).isPositive();
            await().atMost(SOON).untilAsserted(() -> assertThat(heard(order)).hasSize((int) said));
            assertThat(heard(order)).extracting(heard -> heard.context().logicalTime()).isSorted()
                    .doesNotHaveDuplicates();
        }
        assertThat(gaps()).as("gaps that the verifier has seen").isEqualTo(gapsBefore);
    }

    /** Changes one or two aggregates, under their locks, some of them for long, and sometimes thinks better of it. */
    private void changeSome(List<OrderId> orders, Random random, TransactionStatus status) {
        int first = random.nextInt(orders.size());
        confirm(orders.get(first));
        if (first + 1 < orders.size() && random.nextBoolean()) {
            confirm(orders.get(first + 1));
        }
        if (random.nextInt(10) == 0) {
            entityManager.createNativeQuery("select pg_sleep(0.03)").getSingleResult();
        }
        if (random.nextInt(6) == 0) {
            status.setRollbackOnly();
        }
    }

    private TestAggregate saved() {
        var aggregate = new TestAggregate();
        transaction.executeWithoutResult(_ -> entityManager.persist(aggregate));
        return aggregate;
    }

    private TestAggregate aggregate(OrderId id) {
        return entityManager.find(TestAggregate.class, id.value(), LockModeType.PESSIMISTIC_WRITE);
    }

    private void confirm(OrderId id) {
        outbox.append(aggregate(id), new OrderConfirmed(id));
    }

    private static List<Heard> heard(OrderId orderId) {
        return HEARD.getOrDefault(orderId, List.of());
    }
}
