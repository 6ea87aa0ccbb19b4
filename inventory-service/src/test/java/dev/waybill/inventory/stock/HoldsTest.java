package dev.waybill.inventory.stock;

import dev.waybill.events.InventoryCommand.CommitStock;
import dev.waybill.events.InventoryCommand.ReleaseStock;
import dev.waybill.events.InventoryEvent.RefusalReason;
import dev.waybill.events.InventoryEvent.StockRefused;
import dev.waybill.events.InventoryEvent.StockReleased;
import dev.waybill.events.InventoryEvent.StockReserved;
import dev.waybill.events.OrderId;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.transaction.support.TransactionTemplate;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** Holds that nobody seems to care for any more: which are only reported, and which are let go of. */
@ExtendWith(OutputCaptureExtension.class)
class HoldsTest extends StockFixture {

    @Autowired
    private OverdueHolds overdue;
    @Autowired
    private ReleasingLeftHolds leftHolds;
    @Autowired
    private MeterRegistry meters;

    @Test
    void whatIsOverdueIsReportedAndStaysHeldAndCanBeCommitted() {
        stockUp("H-LONG", 10);
        OrderId order = held("H-LONG");
        assertThat(listed()).doesNotContain(order);
        age(order, HOLD_FOR.plusDays(3));

        assertThat(listed()).contains(order);
        assertThat(overdue.count()).isEqualTo(listed().size());
        overdue.sayNewOnes();
        assertThat(status(order)).isEqualTo("HELD");
        assertThat(counts("H-LONG")).isEqualTo(new Counts(10, 4));

        handle(new CommitStock(order));
        assertThat(counts("H-LONG")).isEqualTo(new Counts(6, 0));
        assertThat(listed()).doesNotContain(order);
    }

    @Test
    void theLongestHeldComesFirstAndPagesGoOnFromThere() {
        stockUp("H-PAGE", 100);
        List<OrderId> orders = List.of(held("H-PAGE"), held("H-PAGE"), held("H-PAGE"));
        age(orders.get(0), HOLD_FOR.plusDays(100));
        age(orders.get(1), HOLD_FOR.plusDays(102));
        age(orders.get(2), HOLD_FOR.plusDays(101));

        List<Reservation> page = overdue.list(Optional.empty(), 2);
        assertThat(page).extracting(Reservation::orderId).containsExactly(orders.get(1), orders.get(2));
        assertThat(overdue.list(Optional.of(OverdueHolds.position(page.getLast())), 1))
                .extracting(Reservation::orderId).containsExactly(orders.get(0));
        orders.forEach(order -> handle(new ReleaseStock(order)));
    }

    @Test
    void eachIsLoggedOnce(CapturedOutput output) {
        stockUp("H-LOG", 10);
        OrderId order = held("H-LOG");
        overdue.sayNewOnes();
        assertThat(output).doesNotContain(order.toString());
        age(order, HOLD_FOR.plusSeconds(1));

        overdue.sayNewOnes();
        overdue.sayNewOnes();

        assertThat(output.toString().split("Stock is held for order " + order, -1)).hasSize(2);
        handle(new ReleaseStock(order));
    }

    @Test
    void theListIsReadFromItsIndex() {
        String plan = new TransactionTemplate(transactions).execute(status -> {
            database.sql("set local enable_seqscan = off").update();
            return String.join("\n", database
                    .sql("""
                            explain select * from reservation
                             where status = 'HELD' and created_at < now() and (created_at, order_id) > (now(), gen_random_uuid())
                             order by created_at, order_id limit 20""")
                    .query(String.class).list());
        });

        assertThat(plan).contains("reservation_held").doesNotContain("Sort");
    }

    @Test
    void whatIsStillHeldWhenItsOrderHasEndedIsReleasedAndTold() {
        stockUp("H-LEFT", 10);
        OrderId order = held("H-LEFT");
        double found = found();

        leftHolds.orderEnded(order);
        leftHolds.orderEnded(order);

        assertThat(status(order)).isEqualTo("RELEASED");
        assertThat(counts("H-LEFT")).isEqualTo(new Counts(10, 0));
        assertThat(outbox.saidAbout(order)).containsExactly(
                new StockReserved(order, List.of(line("H-LEFT", 4))),
                new StockReleased(order, List.of(line("H-LEFT", 4))));
        assertThat(found()).isEqualTo(found + 1);
    }

    @Test
    void anEndAfterTheReleaseOrTheCommitFindsNothing() {
        stockUp("H-DONE", 10);
        OrderId released = held("H-DONE");
        OrderId committed = held("H-DONE");
        handle(new ReleaseStock(released), new CommitStock(committed));
        double found = found();

        leftHolds.prefetch(List.of(released, committed));
        leftHolds.orderEnded(released);
        leftHolds.orderEnded(committed);

        assertThat(status(released)).isEqualTo("RELEASED");
        assertThat(status(committed)).isEqualTo("COMMITTED");
        assertThat(counts("H-DONE")).isEqualTo(new Counts(6, 0));
        assertThat(outbox.saidAbout(committed)).hasSize(2);
        assertThat(found()).isEqualTo(found);
    }

    @Test
    void whatIsReservedAfterTheEndIsRefused() {
        stockUp("H-LATE", 10);
        OrderId order = order();

        leftHolds.orderEnded(order);
        handle(reserve(order, line("H-LATE", 4)));

        assertThat(outbox.saidAbout(order))
                .containsExactly(new StockRefused(order, RefusalReason.ALREADY_RELEASED, List.of()));
        assertThat(counts("H-LATE")).isEqualTo(new Counts(10, 0));
    }

    private OrderId held(String sku) {
        OrderId order = order();
        handle(reserve(order, line(sku, 4)));
        return order;
    }

    private void age(OrderId order, Duration age) {
        database.sql("update reservation set created_at = now() - ?::interval where order_id = ?")
                .params(age.toString(), order.value()).update();
    }

    private List<OrderId> listed() {
        return overdue.list(Optional.empty(), 1_000).stream().map(Reservation::orderId).toList();
    }

    private double found() {
        return meters.get("inventory_holds_left_behind").counter().count();
    }
}
