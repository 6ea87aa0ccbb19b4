package dev.waybill.order.orders;

import dev.waybill.events.Message;
import dev.waybill.events.OrderCommand.ConfirmOrder;
import dev.waybill.events.OrderId;
import dev.waybill.messaging.Ids;
import dev.waybill.order.OrderApi;
import dev.waybill.order.OrderServiceTest;
import jakarta.persistence.EntityManagerFactory;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import static dev.waybill.order.OrderApi.goodOrder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** A batch of commands in one transaction, as a subscription hands them over. */
@OrderServiceTest
class SettlingOrdersTest {

    @LocalServerPort
    private int port;

    @Autowired
    private SettlingOrders settlingOrders;

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

        assertThatIllegalArgumentException().isThrownBy(() -> transaction.executeWithoutResult(status -> {
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
