package dev.waybill.order.orders;

import dev.waybill.events.Message;
import dev.waybill.events.OrderCommand.CancelOrder;
import dev.waybill.events.OrderCommand.CompleteReturn;
import dev.waybill.events.OrderCommand.ConfirmOrder;
import dev.waybill.events.OrderId;
import dev.waybill.events.ReturnId;
import dev.waybill.events.ShippingEvent.ParcelHandedOver;
import dev.waybill.messaging.Ids;
import dev.waybill.messaging.MessageContext;
import dev.waybill.messaging.Subscription;
import dev.waybill.order.OrderApi;
import dev.waybill.order.OrderServiceTest;
import jakarta.persistence.EntityManagerFactory;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import static dev.waybill.order.OrderApi.goodOrder;
import static dev.waybill.order.orders.OrderFixtures.PLACED_AT;
import static dev.waybill.order.orders.OrderFixtures.TRACKING_NUMBER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** A batch of commands in one transaction, as a subscription hands them over. */
@OrderServiceTest
class SettlingOrdersTest {

    @LocalServerPort
    private int port;

    @Autowired
    private SettlingOrders settlingOrders;

    @Autowired
    private Subscription orderCommandSubscription;

    @Autowired
    private Subscription parcelSubscription;

    @Autowired
    private ApplicationContext service;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private EntityManagerFactory entityManagers;

    @Autowired
    private JdbcClient jdbc;

    private List<ConfirmOrder> batch = List.of();

    @BeforeEach
    void placeSome() {
        OrderApi api = OrderApi.on(port);
        batch = Stream.generate(() -> OrderId.parse(api.placed(goodOrder()).get("id").asString())).limit(5)
                .map(ConfirmOrder::new).toList();
    }

    @Test
    void wholeBatchTakesOneLookAndOneUpdate() {
        var statistics = entityManagers.unwrap(SessionFactory.class).getStatistics();
        statistics.clear();

        transaction.executeWithoutResult(status -> {
            settlingOrders.prefetch(List.copyOf(batch));
            batch.forEach(settlingOrders::confirm);
        });

        assertThat(statistics.getPrepareStatementCount()).isEqualTo(2);
        assertThat(statistics.getEntityUpdateCount()).isEqualTo(5);
    }

    @Test
    void wholeBatchOfScansTakesOneLookAndOneUpdate() {
        var statistics = entityManagers.unwrap(SessionFactory.class).getStatistics();
        transaction.executeWithoutResult(status -> batch.forEach(settlingOrders::confirm));
        List<ParcelHandedOver> scans = batch.stream()
                .map(command -> new ParcelHandedOver(command.orderId(), TRACKING_NUMBER, PLACED_AT)).toList();
        statistics.clear();

        transaction.executeWithoutResult(status -> {
            parcelSubscription.prefetch(List.copyOf(scans));
            scans.forEach(scan -> new MessageContext(Ids.nextMessageId(), null, null, "", 1, null)
                    .run(() -> parcelSubscription.handle(scan)));
        });

        assertThat(statistics.getPrepareStatementCount()).isEqualTo(2);
        assertThat(statistics.getEntityUpdateCount()).isEqualTo(5);
    }

    @Test
    void wholeBatchOfCancellationsTakesOneLookAndOneUpdate() {
        var statistics = entityManagers.unwrap(SessionFactory.class).getStatistics();
        statistics.clear();

        transaction.executeWithoutResult(status -> {
            orderCommandSubscription.prefetch(List.copyOf(batch));
            batch.forEach(command -> orderCommandSubscription.handle(new CancelOrder(command.orderId())));
        });

        assertThat(statistics.getPrepareStatementCount()).isEqualTo(2);
        assertThat(statistics.getEntityUpdateCount()).isEqualTo(5);
    }

    /** Orders, their returns; what is written of both. */
    @Test
    void wholeBatchOfReturnsTakesTwoLooksAndTwoUpdates() {
        var statistics = entityManagers.unwrap(SessionFactory.class).getStatistics();
        List<CompleteReturn> commands = batch.stream().map(this::returned).toList();
        statistics.clear();

        transaction.executeWithoutResult(status -> {
            orderCommandSubscription.prefetch(List.copyOf(commands));
            commands.forEach(orderCommandSubscription::handle);
        });

        assertThat(statistics.getPrepareStatementCount()).isEqualTo(4);
        assertThat(statistics.getEntityUpdateCount()).isEqualTo(10);
    }

    private CompleteReturn returned(ConfirmOrder command) {
        OrderCourse order = new OrderCourse(command.orderId(), service).confirm().handOver();
        JsonNode taken = OrderApi.on(port).post("/orders/%s/returns".formatted(order.id()), """
                {"lines": [{"sku": "ESPRESSO-01", "quantity": 1}], "reason": "Too many"}""").json();
        return new CompleteReturn(order.id(), new ReturnId(UUID.fromString(taken.get("id").asString())));
    }

    @Test
    void ordersOfTheBatchAreLockedFromTheStart() {
        transaction.executeWithoutResult(status -> {
            settlingOrders.prefetch(List.copyOf(batch));

            assertThat(CompletableFuture.supplyAsync(this::unlocked).join()).isZero();
        });

        assertThat(unlocked()).isEqualTo(5);
    }

    @Test
    void oneOrderThatIsNotThereUndoesTheBatch() {
        List<Message> withStranger = Stream
                .<Message>concat(batch.stream(), Stream.of(new ConfirmOrder(new OrderId(Ids.next())))).toList();

        assertThatExceptionOfType(NoSuchOrder.class).isThrownBy(() -> transaction.executeWithoutResult(status -> {
            settlingOrders.prefetch(withStranger);
            withStranger.forEach(command -> settlingOrders.confirm((ConfirmOrder) command));
        })).withMessageStartingWith("There is no order");

        assertThat(jdbc.sql("select count(*) from orders where id in (:ids) and status = 'PENDING'")
                .param("ids", ids()).query(Long.class).single()).isEqualTo(5);
        assertThat(jdbc.sql("select count(*) from outbox where message_key in (:keys) and sequence > 1")
                .param("keys", ids().stream().map(Object::toString).toList()).query(Long.class).single()).isZero();
    }

    /** How many of the batch's orders another transaction can have right now. */
    private int unlocked() {
        return jdbc.sql("select id from orders where id in (:ids) for update skip locked").param("ids", ids())
                .query().listOfRows().size();
    }

    private List<?> ids() {
        return batch.stream().map(command -> command.orderId().value()).toList();
    }
}
