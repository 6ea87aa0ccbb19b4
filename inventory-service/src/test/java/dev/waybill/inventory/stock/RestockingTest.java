package dev.waybill.inventory.stock;

import dev.waybill.events.InventoryCommand.CommitStock;
import dev.waybill.events.InventoryEvent.StockRestocked;
import dev.waybill.events.OrderId;
import dev.waybill.events.RestockId;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** Pieces that come back, against a real database. */
class RestockingTest extends StockFixture {

    @Test
    void piecesOfACommittedOrderComeBackOnceHoweverOftenItIsSaid() {
        stockUp("R-BACK", 10);
        OrderId order = committed("R-BACK", 4);
        RestockId id = restockId();

        handle(restock(order, id, line("R-BACK", 1), line("R-BACK", 2)));
        handle(restock(order, id, line("R-BACK", 3)), restock(order, id, line("R-BACK", 3)));

        assertThat(counts("R-BACK")).isEqualTo(new Counts(9, 0));
        var answer = new StockRestocked(order, id, List.of(line("R-BACK", 3)));
        assertThat(outbox.saidAbout(order)).endsWith(answer, answer, answer);
        assertThat(movements("R-BACK")).isEqualTo(List.of("INITIAL 10", "RESERVE 4", "COMMIT 4", "RESTOCK 3"));
    }

    @Test
    void oneBatchMayReserveCommitAndRestock() {
        stockUp("R-BATCH", 10);
        OrderId order = order();

        handle(reserve(order, line("R-BATCH", 4)), new CommitStock(order),
                restock(order, restockId(), line("R-BATCH", 4)));

        assertThat(counts("R-BATCH")).isEqualTo(new Counts(10, 0));
    }

    @Test
    void moreThanHadLeftFailsAndMovesNothing() {
        stockUp("R-MORE", 10);
        OrderId order = committed("R-MORE", 4);
        handle(restock(order, restockId(), line("R-MORE", 3)));

        assertThatIllegalStateException().isThrownBy(() -> handle(restock(order, restockId(), line("R-MORE", 2))))
                .withMessageContaining("cannot take back 2 of R-MORE: 4 have left for it, and 3 of them are back");
        assertThatIllegalStateException().isThrownBy(() -> handle(restock(order(), restockId(), line("R-MORE", 1))));
        assertThat(counts("R-MORE")).isEqualTo(new Counts(9, 0));
    }

    @Test
    void manyAtOnceBringBackNoMoreThanHadLeft() {
        stockUp("R-RACE", 10);
        OrderId order = committed("R-RACE", 4);
        List<RestockId> ids = IntStream.range(0, 8).mapToObj(i -> restockId()).toList();

        // Each of them three times, and all of them at once.
        atOnce(IntStream.range(0, 24).mapToObj(i -> () -> {
            try {
                handle(restock(order, ids.get(i % 8), line("R-RACE", 1)));
            } catch (IllegalStateException tooMuch) {
                assertThat(tooMuch).hasMessageContaining("4 of them are back");
            }
        }));

        assertThat(counts("R-RACE")).isEqualTo(new Counts(10, 0));
        assertThat(movements("R-RACE")).filteredOn("RESTOCK 1"::equals).hasSize(4);
    }

    private OrderId committed(String sku, int quantity) {
        OrderId order = order();
        handle(reserve(order, line(sku, quantity)), new CommitStock(order));
        return order;
    }

    private List<String> movements(String sku) {
        return database.sql("select kind || ' ' || quantity from stock_movement where sku = ? order by version")
                .param(sku).query((row, number) -> row.getString(1)).list();
    }
}
