package dev.waybill.inventory.stock;

import dev.waybill.events.InventoryEvent.StockReserved;
import dev.waybill.events.OrderId;
import dev.waybill.events.Sku;
import dev.waybill.inventory.stock.AdjustmentOutcome.Adjusted;
import dev.waybill.inventory.stock.AdjustmentOutcome.TooFewLeft;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Operators' corrections, against a real database. */
class AdjustingStockTest extends StockFixture {

    @Test
    void theFirstPiecesMakeTheStock() {
        assertThat(adjust("J-NEW", 5)).isInstanceOf(Adjusted.class);
        assertThat(counts("J-NEW")).isEqualTo(new Counts(5, 0));
    }

    @Test
    void fewerThanNoneMakeNoStock() {
        assertThat(adjust("J-NONE", -5)).isEqualTo(new TooFewLeft(0, 0));
        assertThat(database.sql("select count(*) from stock_item where sku = 'J-NONE'").query(Long.class).single())
                .isZero();
    }

    @Test
    void itIsJournaledWhoAndWhy() {
        stockUp("J-WHY", 5);
        adjust("J-WHY", -2);

        assertThat(database.sql("select kind, quantity, who, reason from stock_movement where sku = ? and version = 2")
                .param("J-WHY").query().singleRow())
                .isEqualTo(Map.of("kind", "ADJUST", "quantity", -2, "who", "erin", "reason", "broken"));
    }

    @Test
    void manyFirstOnesAtOnceMakeOneStock() {
        atOnce(IntStream.range(0, 16).mapToObj(i -> () -> adjust("J-FIRST", 3)));

        assertThat(counts("J-FIRST")).isEqualTo(new Counts(48, 0));
        assertThat(database.sql("select count(*) from stock_movement where sku = 'J-FIRST' and kind = 'INITIAL'")
                .query(Long.class).single()).isEqualTo(1);
    }

    @Test
    void reservationsAndLossesAtOnceNeverTakeTheSamePiece() {
        stockUp("J-RACE", 40);
        List<OrderId> orders = orders(40);
        Queue<AdjustmentOutcome> losses = new ConcurrentLinkedQueue<>();

        atOnce(IntStream.range(0, 80).mapToObj(i -> i % 2 == 0
                ? () -> handle(reserve(orders.get(i / 2), line("J-RACE", 1)))
                : () -> losses.add(adjust("J-RACE", -1))));

        int held = (int) orders.stream().map(outbox::answerTo).filter(StockReserved.class::isInstance).count();
        int lost = (int) losses.stream().filter(Adjusted.class::isInstance).count();
        // Forty pieces are wanted eighty times: each of them was had by one, and the rest were refused.
        assertThat(held + lost).isEqualTo(40);
        assertThat(counts("J-RACE")).isEqualTo(new Counts(40 - lost, held));
    }

    @Test
    void aBatchOfCommandsAndAnAdjustmentOfTheirSkusDoNotDeadlock() {
        List<String> skus = Stream.of("J-A", "J-B", "J-C").toList();
        skus.forEach(sku -> stockUp(sku, 1_000));

        atOnce(IntStream.range(0, 120).mapToObj(i -> i % 2 == 0
                ? () -> handle(reserve(order(), line("J-C", 1), line("J-A", 1), line("J-B", 1)))
                : () -> adjust(skus.get(i % 3), 1)));

        assertThat(skus.stream().mapToInt(sku -> counts(sku).reserved()).sum()).isEqualTo(180);
        assertThat(skus.stream().mapToInt(sku -> counts(sku).onHand()).sum()).isEqualTo(3_060);
    }

    private AdjustmentOutcome adjust(String sku, int pieces) {
        return adjusting.adjust(new Sku(sku), new Adjustment(pieces), "broken", "erin");
    }
}
