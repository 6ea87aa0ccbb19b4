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
import dev.waybill.order.SentStatements;
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
        List<String> sent = inOneTransaction(() -> {
            settlingOrders.prefetch(List.copyOf(batch));
            batch.forEach(settlingOrders::confirm);
        });

        assertThat(kindsOf(sent)).containsExactly("select orders", "update orders");
        assertThat(written("status = 'CONFIRMED'")).isEqualTo(5);
    }

    @Test
    void wholeBatchOfScansTakesOneLookAndOneUpdate() {
        transaction.executeWithoutResult(status -> batch.forEach(settlingOrders::confirm));
        List<ParcelHandedOver> scans = batch.stream()
                .map(command -> new ParcelHandedOver(command.orderId(), TRACKING_NUMBER, PLACED_AT)).toList();
        List<String> sent = inOneTransaction(() -> {
            parcelSubscription.prefetch(List.copyOf(scans));
            scans.forEach(scan -> new MessageContext(Ids.nextMessageId(), null, null, "", 1, null)
                    .run(() -> parcelSubscription.handle(scan)));
        });

        assertThat(kindsOf(sent)).containsExactly("select orders", "update orders");
        assertThat(written("status = 'SHIPPED'")).isEqualTo(5);
    }

    @Test
    void wholeBatchOfCancellationsTakesOneLookAndOneUpdate() {
        List<String> sent = inOneTransaction(() -> {
            orderCommandSubscription.prefetch(List.copyOf(batch));
            batch.forEach(command -> orderCommandSubscription.handle(new CancelOrder(command.orderId())));
        });

        assertThat(kindsOf(sent)).containsExactly("select orders", "update orders");
        assertThat(written("status = 'CANCELLED'")).isEqualTo(5);
    }

    /** Orders, their returns; what is written of both. */
    @Test
    void wholeBatchOfReturnsTakesTwoLooksAndTwoUpdates() {
        List<CompleteReturn> commands = batch.stream().map(this::returned).toList();
        List<String> sent = inOneTransaction(() -> {
            orderCommandSubscription.prefetch(List.copyOf(commands));
            commands.forEach(orderCommandSubscription::handle);
        });

        assertThat(kindsOf(sent)).containsExactlyInAnyOrder("select orders", "select order_return", "update orders",
                "update order_return");
        assertThat(written("event_sequence > 4")).isEqualTo(5);
        assertThat(jdbc.sql("select count(*) from order_return where order_id in (:ids) and status = 'COMPLETED'")
                .param("ids", ids()).query(Long.class).single()).isEqualTo(5);
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

        assertThat(written("status = 'PENDING'")).isEqualTo(5);
        assertThat(jdbc.sql("select count(*) from outbox where message_key in (:keys) and sequence > 1")
                .param("keys", ids().stream().map(Object::toString).toList()).query(Long.class).single()).isZero();
    }

    private List<String> inOneTransaction(Runnable work) {
        return SentStatements.during(() -> transaction.executeWithoutResult(status -> work.run()));
    }

    /** {@code update orders}, and so on: what each does, to which table. */
    private static List<String> kindsOf(List<String> statements) {
        return statements.stream()
                .map(sql -> sql.replaceAll("(?s)^(select) .*? from (\\w+) .*|^(update) (\\w+) .*", "$1$3 $2$4"))
                .toList();
    }

    /** Of how many of the batch's orders this stands in the database. */
    private long written(String condition) {
        return jdbc.sql("select count(*) from orders where id in (:ids) and " + condition).param("ids", ids())
                .query(Long.class).single();
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
