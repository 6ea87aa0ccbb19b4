package dev.waybill.saga.running;

import dev.waybill.events.CancellationId;
import dev.waybill.events.Message;
import dev.waybill.events.MessageId;
import dev.waybill.events.OrderEvent.CancellationRequested;
import dev.waybill.messaging.Ids;
import dev.waybill.messaging.MessageContext;
import dev.waybill.saga.SagaTest;
import dev.waybill.saga.engine.SampleOrder;
import jakarta.persistence.EntityManagerFactory;
import org.hibernate.SessionFactory;
import org.hibernate.stat.Statistics;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** What a batch costs in statements does not grow with the orders in it: one to lock, and one for each table. */
@SagaTest
class BatchCostTest {

    @Autowired
    private RunningSagas sagas;
    @Autowired
    private CancellingOrders cancelling;
    @Autowired
    private TransactionOperations transactions;
    @Autowired
    private JdbcClient database;
    @Autowired
    private EntityManagerFactory entities;

    private final List<SampleOrder> orders = Stream.generate(SampleOrder::any).limit(40).toList();
    private final Map<SampleOrder, MessageContext> answers = new HashMap<>();

    @BeforeEach
    void startThem() {
        transactions.executeWithoutResult(_ -> {
            List<Message> batch = orders.stream().<Message>map(SampleOrder::placed).toList();
            sagas.prefetch(batch);
            orders.forEach(order -> sagas.startFulfillment(order.placed()));
        });
        for (SampleOrder order : orders) {
            var written = new Written(database, order);
            MessageId command = written.lastId("inventory.reserve-stock");
            answers.put(order, written.context(command));
        }
    }

    @Test
    void ofOrdersThatAreStarted() {
        List<SampleOrder> more = Stream.generate(SampleOrder::any).limit(40).toList();
        assertThat(statementsOf(() -> {
            sagas.prefetch(more.stream().<Message>map(SampleOrder::placed).toList());
            more.forEach(order -> sagas.startFulfillment(order.placed()));
        })).isEqualTo(3);
    }

    @Test
    void ofOrdersThatMoveOn() {
        assertThat(statementsOf(() -> {
            sagas.prefetch(orders.stream().<Message>map(SampleOrder::stockReserved).toList());
            answers.forEach((order, context) -> context.run(() -> sagas.answer(order.stockReserved())));
        })).isEqualTo(3);
        assertThat(orders).allSatisfy(order -> assertThat(new Written(database, order).commands()).hasSize(2));
    }

    @Test
    void ofOrdersThatAreCancelledBeforeTheCapture() {
        List<CancellationRequested> requests = orders.stream()
                .map(order -> order.cancellationRequested(new CancellationId(Ids.next()))).toList();
        assertThat(statementsOf(() -> {
            sagas.prefetch(List.copyOf(requests));
            requests.forEach(cancelling::requested);
        })).isEqualTo(3);
    }

    @Test
    void ofOrdersWhoseCancellationBeginsBesideTheFulfillment() {
        List<CancellationRequested> requests = orders.stream()
                .map(order -> order.cancellationRequested(new CancellationId(Ids.next()))).toList();
        database.sql("update saga set status = 'COMPLETED'").update();
        assertThat(statementsOf(() -> {
            sagas.prefetch(List.copyOf(requests));
            requests.forEach(cancelling::requested);
        })).isEqualTo(3);
        assertThat(orders).allSatisfy(order -> assertThat(new Written(database, order).commands())
                .endsWith("shipping.cancel-shipment"));
    }

    private long statementsOf(Runnable work) {
        Statistics statistics = entities.unwrap(SessionFactory.class).getStatistics();
        statistics.clear();
        transactions.executeWithoutResult(_ -> work.run());
        return statistics.getPrepareStatementCount();
    }
}
