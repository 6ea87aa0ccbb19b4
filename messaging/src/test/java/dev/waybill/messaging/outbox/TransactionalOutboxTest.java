package dev.waybill.messaging.outbox;

import com.zaxxer.hikari.HikariDataSource;
import dev.waybill.events.OrderEvent.OrderConfirmed;
import dev.waybill.events.OrderId;
import dev.waybill.events.OrderNumber;
import dev.waybill.messaging.Aggregate;
import dev.waybill.messaging.EventCounter;
import dev.waybill.messaging.Ids;
import dev.waybill.messaging.MessageContext;
import dev.waybill.messaging.Outbox;
import dev.waybill.testing.TestServers;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

import java.time.Clock;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** What stands in the outbox after transactions of every kind. */
class TransactionalOutboxTest {

    private static final OrderNumber NUMBER = new OrderNumber("W-100042");
    private static final HikariDataSource DATA_SOURCE = new HikariDataSource();

    private final JdbcTemplate jdbc = new JdbcTemplate(DATA_SOURCE);
    private final JdbcTransactionManager manager = new JdbcTransactionManager(DATA_SOURCE);
    private final TransactionTemplate transaction = new TransactionTemplate(manager);
    private int wakeUps;
    private final Outbox outbox = new TransactionalOutbox("/test", Clock.systemUTC(), () -> null,
            () -> new AppendBeforeCommit(() -> {}, new OutboxTable(jdbc), () -> wakeUps++));

    @BeforeAll
    static void connect() {
        DATA_SOURCE.setJdbcUrl(TestServers.freshDatabase("outbox").url());
        Flyway.configure().dataSource(DATA_SOURCE).locations("classpath:db/messaging").load().migrate();
    }

    @AfterAll
    static void disconnect() {
        DATA_SOURCE.close();
    }

    @BeforeEach
    void begin() {
        jdbc.execute("truncate outbox restart identity");
    }

    @Test
    void allThatATransactionSaysIsThereInItsOrderAndWakesTheRelayOnce() {
        var order = new Order();
        transaction.executeWithoutResult(_ -> {
            say(order);
            say(order);
            say(order);
        });
        assertThat(sequences()).containsExactly(1L, 2L, 3L);
        assertThat(wakeUps).isEqualTo(1);
    }

    @Test
    void nothingIsThereAfterARollback() {
        transaction.executeWithoutResult(status -> {
            say(new Order());
            status.setRollbackOnly();
        });
        assertThat(sequences()).isEmpty();
        assertThat(wakeUps).isZero();
    }

    @Test
    void whatWasSaidInsideASavepointGoesWithIt() {
        var kept = new Order();
        var nested = new TransactionTemplate(manager);
        nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
        transaction.executeWithoutResult(_ -> {
            say(kept);
            nested.executeWithoutResult(inner -> {
                say(new Order());
                inner.setRollbackOnly();
            });
            say(kept);
        });
        assertThat(sequences()).containsExactly(1L, 2L);
    }

    @Test
    void aTransactionOfItsOwnSaysItsOwnEvenIfTheOuterOneIsRolledBack() {
        var own = new TransactionTemplate(manager);
        own.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        var inner = new Order();
        transaction.executeWithoutResult(status -> {
            say(new Order());
            own.executeWithoutResult(_ -> say(inner));
            status.setRollbackOnly();
        });
        assertThat(jdbc.queryForList("select subject from outbox", String.class)).containsExactly(inner.subject());
    }

    @Test
    void whatAMessageCausesBearsTheNumberOfItsOrder() {
        bearing(NUMBER).run(() -> transaction.executeWithoutResult(_ -> say(new Order())));
        assertThat(numbers()).containsExactly("W-100042");
    }

    @Test
    void anAggregateKnowsItsOrdersNumberBetterThanTheMessageDoes() {
        var order = new Order(new OrderNumber("W-100043"));
        bearing(NUMBER).run(() -> transaction.executeWithoutResult(_ -> say(order)));
        transaction.executeWithoutResult(_ -> say(order));
        assertThat(numbers()).containsExactly("W-100043", "W-100043");
    }

    /** A parcel's scan, or a refund: nobody but what was said before knows whose it is. */
    @Test
    void whatARequestFromOutsideCausesBearsTheNumberThatItsAggregateHasSaidBefore() {
        var order = new Order();
        bearing(NUMBER).run(() -> transaction.executeWithoutResult(_ -> say(order)));
        transaction.executeWithoutResult(_ -> {
            say(order);
            say(new Order());
        });
        assertThat(numbers()).containsExactly("W-100042", "W-100042", null);
    }

    @Test
    void whereNobodyHasSaidANumberThereIsNone() {
        var order = new Order();
        bearing(null).run(() -> transaction.executeWithoutResult(_ -> say(order)));
        transaction.executeWithoutResult(_ -> say(order));
        assertThat(numbers()).containsExactly(null, null);
    }

    @Test
    void theNumberIsReadAsItWasWritten() {
        bearing(NUMBER).run(() -> transaction.executeWithoutResult(_ -> say(new Order())));
        assertThat(new OutboxTable(jdbc).readAfter(0, 10)).singleElement()
                .satisfies(stored -> assertThat(stored.row().envelope().orderNumber()).isEqualTo(NUMBER));
    }

    private static MessageContext bearing(@Nullable OrderNumber number) {
        return new MessageContext(Ids.nextMessageId(), null, null, "an order", 1, null, number, null);
    }

    private List<@Nullable String> numbers() {
        return jdbc.query("select order_number from outbox order by id", (row, n) -> row.getString(1));
    }

    private void say(Order order) {
        outbox.append(order, new OrderConfirmed(order.id));
    }

    private List<Long> sequences() {
        return jdbc.query("select sequence from outbox order by id", (row, n) -> row.getLong(1));
    }

    private static final class Order implements Aggregate {

        private final OrderId id = new OrderId(Ids.next());
        private final EventCounter events = new EventCounter();
        private final @Nullable OrderNumber number;

        Order() {
            this(null);
        }

        Order(@Nullable OrderNumber number) {
            this.number = number;
        }

        @Override
        public @Nullable OrderNumber orderNumber() {
            return number;
        }

        @Override
        public String subject() {
            return "order/" + id;
        }

        @Override
        public EventCounter events() {
            return events;
        }
    }
}
