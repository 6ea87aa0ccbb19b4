package dev.waybill.inventory.stock;

import dev.waybill.events.InventoryCommand.CommitStock;
import dev.waybill.events.InventoryCommand.ReleaseStock;
import dev.waybill.events.InventoryEvent.RefusalReason;
import dev.waybill.events.InventoryEvent.StockCommitted;
import dev.waybill.events.InventoryEvent.StockRefused;
import dev.waybill.events.InventoryEvent.StockReleased;
import dev.waybill.events.InventoryEvent.StockReserved;
import dev.waybill.events.OrderId;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** The use cases against a real database, one after another. */
class ReservingStockTest extends StockFixture {

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
    void theDatabaseItselfRefusesImpossibleCounts() {
        stockUp("A-CHECK", 5);

        for (String change : List.of("on_hand = -1", "reserved = -1", "reserved = 6")) {
            assertThatExceptionOfType(DataIntegrityViolationException.class).as(change).isThrownBy(
                    () -> database.sql("update stock_item set %s where sku = 'A-CHECK'".formatted(change)).update());
        }
    }
}
