package dev.waybill.inventory.stock;

import dev.waybill.events.InventoryCommand;
import dev.waybill.events.InventoryCommand.CommitStock;
import dev.waybill.events.InventoryCommand.ReleaseStock;
import dev.waybill.events.InventoryCommand.ReserveStock;
import dev.waybill.events.InventoryEvent.RefusalReason;
import dev.waybill.events.InventoryEvent.StockCommitted;
import dev.waybill.events.InventoryEvent.StockRefused;
import dev.waybill.events.InventoryEvent.StockReleased;
import dev.waybill.events.InventoryEvent.StockReserved;
import dev.waybill.events.OrderId;
import dev.waybill.events.Quantity;
import dev.waybill.events.Sku;
import dev.waybill.events.StockLine;
import dev.waybill.messaging.Ids;
import dev.waybill.testing.RealServers;
import jakarta.persistence.EntityManagerFactory;
import org.hibernate.SessionFactory;
import org.hibernate.stat.Statistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.data.jpa.test.autoconfigure.DataJpaTest;
import org.springframework.boot.jdbc.test.autoconfigure.AutoConfigureTestDatabase;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** The use cases against a real database, alone and many at a time. */
@DataJpaTest
@AutoConfigureTestDatabase(replace = AutoConfigureTestDatabase.Replace.NONE)
@ContextConfiguration(initializers = RealServers.class)
@Import({ReservingStock.class, Reservations.class, StockItems.class, RecordingOutbox.class,
        ReservingStockTest.Time.class})
@Transactional(propagation = Propagation.NOT_SUPPORTED)
@TestPropertySource(properties = "spring.jpa.properties.hibernate.generate_statistics=true")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReservingStockTest {

    @TestConfiguration(proxyBeanMethods = false)
    static class Time {
        @Bean
        Clock clock() {
            return Clock.systemUTC();
        }
    }

    @Autowired
    private ReservingStock reserving;

    @Autowired
    private RecordingOutbox outbox;

    @Autowired
    private EntityManagerFactory entityManagerFactory;

    @Autowired
    private JdbcClient database;

    @Autowired
    private PlatformTransactionManager transactions;

    @Test
    void aReservationIsHeldCommittedAndAnswered() {
        stockUp("A-HELD", 10);
        OrderId order = order();

        handle(reserve(order, line("A-HELD", 3)));
        assertThat(outbox.saidAbout(order))
                .containsExactly(new StockReserved(order, List.of(line("A-HELD", 3))));
        assertThat(counts("A-HELD")).isEqualTo(new Counts(10, 3));

        handle(new CommitStock(order));
        assertThat(outbox.saidAbout(order)).last()
                .isEqualTo(new StockCommitted(order, List.of(line("A-HELD", 3))));
        assertThat(counts("A-HELD")).isEqualTo(new Counts(7, 0));
        assertThat(status(order)).isEqualTo("COMMITTED");
    }

    @Test
    void aRefusalIsAStoredReservation() {
        stockUp("A-SHORT", 2);
        OrderId order = order();

        handle(reserve(order, line("A-SHORT", 3)));
        var first = outbox.answerTo(order);
        database.sql("update stock_item set on_hand = 5 where sku = 'A-SHORT'").update();
        handle(reserve(order, line("A-SHORT", 3)));

        assertThat(status(order)).isEqualTo("REFUSED");
        assertThat(outbox.saidAbout(order)).containsExactly(first, first);
    }

    @Test
    void aCommandThatComesTwiceMovesNothingTwice() {
        stockUp("A-TWICE", 10);
        OrderId order = order();

        handle(reserve(order, line("A-TWICE", 4)));
        handle(reserve(order, line("A-TWICE", 4)));
        assertThat(counts("A-TWICE")).isEqualTo(new Counts(10, 4));

        handle(new ReleaseStock(order));
        handle(new ReleaseStock(order));
        assertThat(counts("A-TWICE")).isEqualTo(new Counts(10, 0));
        assertThat(outbox.saidAbout(order)).hasSize(4);
    }

    @Test
    void aReleaseFencesOffAReservationThatComesLate() {
        stockUp("A-LATE", 10);
        OrderId order = order();

        handle(new ReleaseStock(order));
        handle(reserve(order, line("A-LATE", 4)));

        assertThat(outbox.saidAbout(order)).containsExactly(
                new StockReleased(order, List.of()),
                new StockRefused(order, RefusalReason.ALREADY_RELEASED, List.of()));
        assertThat(counts("A-LATE")).isEqualTo(new Counts(10, 0));
    }

    @Test
    void oneBatchMayHoldAndReleaseAndFenceTheSameOrder() {
        stockUp("A-BATCH", 10);
        OrderId order = order();
        OrderId other = order();

        handle(
                reserve(order, line("A-BATCH", 4)),
                reserve(other, line("A-BATCH", 6)),
                new ReleaseStock(order),
                reserve(order, line("A-BATCH", 4)),
                new CommitStock(other));

        assertThat(counts("A-BATCH")).isEqualTo(new Counts(4, 0));
        assertThat(status(order)).isEqualTo("RELEASED");
        assertThat(status(other)).isEqualTo("COMMITTED");
    }

    @Test
    void aCommitOfNothingFails() {
        OrderId order = order();

        assertThatIllegalStateException().isThrownBy(() -> handle(new CommitStock(order)));
        assertThat(outbox.saidAbout(order)).isEmpty();
    }

    @Test
    void handlersNeedNoPrefetch() {
        stockUp("A-ALONE", 10);
        OrderId order = order();

        reserving.reserve(reserve(order, line("A-ALONE", 4)));
        reserving.commit(new CommitStock(order));

        assertThat(counts("A-ALONE")).isEqualTo(new Counts(6, 0));
    }

    @Test
    void fortyAtOnceForTenPiecesGetExactlyTen() {
        stockUp("A-SCARCE", 10);
        List<OrderId> orders = orders(40);

        atOnce(orders.stream().map(order -> batch(reserve(order, line("A-SCARCE", 1)))));

        assertThat(orders.stream().map(outbox::answerTo).filter(StockReserved.class::isInstance)).hasSize(10);
        assertThat(orders.stream().map(outbox::answerTo).filter(StockRefused.class::isInstance)).hasSize(30);
        assertThat(counts("A-SCARCE")).isEqualTo(new Counts(10, 10));
    }

    @Test
    void batchesWithCrossingSkusDoNotDeadlock() {
        List<String> skus = IntStream.range(0, 12).mapToObj("X-%02d"::formatted).toList();
        skus.forEach(sku -> stockUp(sku, 100_000));
        Random random = new Random(20261121);
        List<Callable<Void>> batches = new ArrayList<>();
        List<OrderId> orders = orders(400);
        for (int from = 0; from < orders.size(); from += 10) {
            List<InventoryCommand<?>> commands = new ArrayList<>();
            for (OrderId order : orders.subList(from, from + 10)) {
                List<String> shuffled = new ArrayList<>(skus);
                Collections.shuffle(shuffled, random);
                commands.add(
                        new ReserveStock(order, shuffled.subList(0, 4).stream().map(sku -> line(sku, 1)).toList()));
            }
            batches.add(batch(commands.toArray(InventoryCommand[]::new)));
        }

        atOnce(batches.stream());

        assertThat(orders).allSatisfy(order -> assertThat(outbox.answerTo(order)).isInstanceOf(StockReserved.class));
        assertThat(skus.stream().mapToInt(sku -> counts(sku).reserved()).sum()).isEqualTo(400 * 4);
    }

    @Test
    void theCountsCanBeAddedUpFromTheLedger() {
        stockUp("A-LEDGER", 50);
        List<OrderId> orders = orders(6);
        orders.forEach(order -> handle(reserve(order, line("A-LEDGER", 5), line("A-LEDGER", 1))));
        handle(new CommitStock(orders.get(0)), new CommitStock(orders.get(1)), new ReleaseStock(orders.get(2)));

        Counts added = database.sql("""
                select sum(case when kind in ('INITIAL', 'ADJUST') then quantity when kind = 'COMMIT' then -quantity
                           else 0 end) as on_hand,
                       sum(case when kind = 'RESERVE' then quantity when kind in ('RELEASE', 'COMMIT') then -quantity
                           else 0 end) as reserved
                from stock_movement where sku = 'A-LEDGER'
                """).query(Counts.class).single();

        assertThat(added).isEqualTo(counts("A-LEDGER")).isEqualTo(new Counts(38, 18));
        assertThat(
                database.sql("select version from stock_movement where sku = 'A-LEDGER' order by version")
                        .query(Long.class).list())
                .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
    }

    @Test
    void aBatchIsLockedInTwoStatementsHoweverLongItIs() {
        stockUp("A-MANY", 1_000);
        stockUp("A-MORE", 1_000);
        Statistics statistics = statistics();

        reserveForEachOf(orders(50), line("A-MANY", 1), line("A-MORE", 1), line("A-NONE", 1));

        assertThat(statistics.getQueryExecutionCount()).isEqualTo(2);
        assertThat(statistics.getEntityLoadCount()).isEqualTo(2);
        assertThat(statistics.getEntityFetchCount()).isZero();
    }

    @Test
    void aBatchIsWrittenInAFewStatements() {
        stockUp("A-WRITE", 1_000);
        stockUp("A-WROTE", 1_000);
        Statistics statistics = statistics();

        reserveForEachOf(orders(50), line("A-WRITE", 1), line("A-WROTE", 1));

        // Fifty reservations and a hundred lines of the ledger; the reservations are not updated after that.
        assertThat(statistics.getEntityInsertCount()).isEqualTo(50 + 100);
        assertThat(statistics.getEntityUpdateCount()).isEqualTo(2);
        assertThat(statistics.getPrepareStatementCount()).isEqualTo(2 + 3);
    }

    @Test
    void theDatabaseItselfRefusesImpossibleCounts() {
        stockUp("A-CHECK", 5);

        for (String change : List.of("on_hand = -1", "reserved = -1", "reserved = 6")) {
            assertThatExceptionOfType(DataIntegrityViolationException.class).as(change).isThrownBy(
                    () -> database.sql("update stock_item set %s where sku = 'A-CHECK'".formatted(change)).update());
        }
    }

    private Statistics statistics() {
        Statistics statistics = entityManagerFactory.unwrap(SessionFactory.class).getStatistics();
        statistics.clear();
        return statistics;
    }

    private void reserveForEachOf(List<OrderId> orders, StockLine... lines) {
        handle(orders.stream().map(order -> reserve(order, lines)).toArray(InventoryCommand[]::new));
    }

    private void atOnce(Stream<Callable<Void>> tasks) {
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (Future<Void> each : threads.invokeAll(tasks.toList())) {
                each.get();
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private Callable<Void> batch(InventoryCommand<?>... commands) {
        return () -> {
            handle(commands);
            return null;
        };
    }

    /** As the subscription does it: one transaction for a batch, and the prefetch ahead of the first handler. */
    private void handle(InventoryCommand<?>... commands) {
        new TransactionTemplate(transactions).executeWithoutResult(status -> {
            reserving.prefetch(List.of(commands));
            for (InventoryCommand<?> command : commands) {
                switch (command) {
                    case ReserveStock reserve -> reserving.reserve(reserve);
                    case ReleaseStock release -> reserving.release(release);
                    case CommitStock commit -> reserving.commit(commit);
                }
            }
        });
    }

    private void stockUp(String sku, int onHand) {
        database.sql("insert into stock_item (sku, on_hand, reserved, version) values (?, ?, 0, 1)")
                .params(sku, onHand).update();
        database.sql("""
                insert into stock_movement (sku, version, at, kind, quantity, on_hand, reserved)
                values (?, 1, now(), 'INITIAL', ?, ?, 0)
                """).params(sku, onHand, onHand).update();
    }

    private record Counts(int onHand, int reserved) {}

    private Counts counts(String sku) {
        return database.sql("select on_hand, reserved from stock_item where sku = ?").param(sku).query(Counts.class)
                .single();
    }

    private String status(OrderId order) {
        return database.sql("select status from reservation where order_id = ?").param(order.value())
                .query(String.class).single();
    }

    private static ReserveStock reserve(OrderId order, StockLine... lines) {
        return new ReserveStock(order, List.of(lines));
    }

    private static StockLine line(String sku, int quantity) {
        return new StockLine(new Sku(sku), Quantity.of(quantity));
    }

    private static List<OrderId> orders(int count) {
        return Stream.generate(ReservingStockTest::order).limit(count).toList();
    }

    private static OrderId order() {
        return new OrderId(Ids.next());
    }
}
