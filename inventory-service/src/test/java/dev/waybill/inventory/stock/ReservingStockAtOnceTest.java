package dev.waybill.inventory.stock;

import dev.waybill.events.InventoryCommand;
import dev.waybill.events.InventoryCommand.CommitStock;
import dev.waybill.events.InventoryCommand.ReserveStock;
import dev.waybill.events.InventoryEvent.StockRefused;
import dev.waybill.events.InventoryEvent.StockReserved;
import dev.waybill.events.OrderId;
import dev.waybill.events.StockLine;
import org.hibernate.SessionFactory;
import org.hibernate.stat.Statistics;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** The use cases against a real database, many at a time. */
class ReservingStockAtOnceTest extends StockFixture {

    @Test
    void fortyAtOnceForTenPiecesGetExactlyTen() {
        stockUp("A-SCARCE", 10);
        List<OrderId> orders = orders(40);

        atOnce(orders.stream().<Runnable>map(order -> () -> handle(reserve(order, line("A-SCARCE", 1)))));

        assertThat(orders.stream().map(outbox::answerTo).filter(StockReserved.class::isInstance)).hasSize(10);
        assertThat(orders.stream().map(outbox::answerTo).filter(StockRefused.class::isInstance)).hasSize(30);
        assertThat(counts("A-SCARCE")).isEqualTo(new Counts(10, 10));
    }

    @Test
    void batchesWithCrossingSkusDoNotDeadlock() {
        List<String> skus = IntStream.range(0, 12).mapToObj("X-%02d"::formatted).toList();
        skus.forEach(sku -> stockUp(sku, 100_000));
        Random random = new Random(20261121);
        List<Runnable> batches = new ArrayList<>();
        List<OrderId> orders = orders(400);
        for (int from = 0; from < orders.size(); from += 10) {
            List<InventoryCommand<?>> commands = new ArrayList<>();
            for (OrderId order : orders.subList(from, from + 10)) {
                List<String> shuffled = new ArrayList<>(skus);
                Collections.shuffle(shuffled, random);
                commands.add(
                        new ReserveStock(order, shuffled.subList(0, 4).stream().map(sku -> line(sku, 1)).toList()));
            }
            batches.add(() -> handle(commands.toArray(InventoryCommand[]::new)));
        }

        atOnce(batches.stream());

        assertThat(orders).allSatisfy(order -> assertThat(outbox.answerTo(order)).isInstanceOf(StockReserved.class));
        assertThat(skus.stream().mapToInt(sku -> counts(sku).reserved()).sum()).isEqualTo(400 * 4);
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
    void soIsABatchOfRestocks() {
        stockUp("A-BACK", 1_000);
        List<OrderId> orders = orders(50);
        reserveForEachOf(orders, line("A-BACK", 2));
        orders.forEach(order -> handle(new CommitStock(order)));
        Statistics statistics = statistics();

        handle(orders.stream().map(order -> restock(order, restockId(), line("A-BACK", 1)))
                .toArray(InventoryCommand[]::new));

        assertThat(statistics.getQueryExecutionCount()).isEqualTo(2);
        assertThat(statistics.getEntityFetchCount()).isZero();
        assertThat(counts("A-BACK")).isEqualTo(new Counts(950, 0));
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

    private Statistics statistics() {
        Statistics statistics = entityManagerFactory.unwrap(SessionFactory.class).getStatistics();
        statistics.clear();
        return statistics;
    }

    private void reserveForEachOf(List<OrderId> orders, StockLine... lines) {
        handle(orders.stream().map(order -> reserve(order, lines)).toArray(InventoryCommand[]::new));
    }

}
