package dev.waybill.inventory.stock;

import dev.waybill.events.InventoryCommand.CommitStock;
import dev.waybill.events.InventoryCommand.ReleaseStock;
import dev.waybill.events.OrderId;
import dev.waybill.events.RestockId;
import dev.waybill.events.Sku;
import dev.waybill.events.StockLine;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.DataClassRowMapper;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Everything that can happen to the stock, at random: afterwards every number can be added up again from the ledger alone, and
 * agrees with what the reservations say.
 */
class LedgerTest extends StockFixture {

    private static final int SKUS = 4;

    @Autowired
    private ReleasingLeftHolds leftHolds;

    private record Line(long version, String kind, int quantity, int onHand, int reserved) {}

    private record Item(String sku, int onHand, int reserved, long version) {}

    @Test
    void everyNumberCanBeAddedUpAgainAfterARandomRun() {
        long seed = 20261121;
        Run run = new Run("L-ONE", seed, 60);
        IntStream.range(0, 1_500).forEach(i -> run.step());

        run.assertAimsMet();
        run.assertAllAddsUp();
    }

    @Test
    void andAfterManyRandomRunsAtOnce() {
        List<Run> runs = IntStream.range(0, 8).mapToObj(i -> new Run("L-ALL", 7_000 + i, 20)).toList();

        atOnce(runs.stream().map(run -> () -> IntStream.range(0, 150).forEach(i -> run.step())));

        runs.forEach(Run::assertAllAddsUp);
    }

    /** Random commands and adjustments for orders of its own, on SKUs that other runs may share. */
    private final class Run {

        private final String prefix;
        private final long seed;
        private final Random random;
        private final List<OrderId> orders;
        private final List<RestockId> restocks = IntStream.range(0, 3).mapToObj(i -> restockId()).toList();
        private final AtomicInteger refusedCommands = new AtomicInteger();
        private final AtomicInteger refusedAdjustments = new AtomicInteger();

        Run(String prefix, long seed, int orders) {
            this.prefix = prefix;
            this.seed = seed;
            this.random = new Random(seed);
            this.orders = orders(orders);
        }

        void step() {
            OrderId order = orders.get(random.nextInt(orders.size()));
            try {
                switch (random.nextInt(9)) {
                    case 0, 1 -> handle(reserve(order, lines()));
                    case 2 -> handle(new ReleaseStock(order));
                    case 3, 4 -> handle(new CommitStock(order));
                    case 5, 6 -> handle(restock(order, restocks.get(random.nextInt(3)), lines()));
                    case 7 -> {
                        if (random.nextInt(4) == 0) {
                            leftHolds.orderEnded(order);
                        }
                    }
                    default -> adjust();
                }
            } catch (IllegalStateException forbidden) {
                refusedCommands.incrementAndGet();
            }
        }

        private void adjust() {
            int pieces = random.nextInt(60) - 20;
            if (pieces != 0 && !(adjusting.adjust(new Sku(sku()), new Adjustment(pieces), "seed " + seed,
                    "test") instanceof AdjustmentOutcome.Adjusted)) {
                refusedAdjustments.incrementAndGet();
            }
        }

        private StockLine[] lines() {
            return IntStream.range(0, 1 + random.nextInt(3)).mapToObj(i -> line(sku(), 1 + random.nextInt(3)))
                    .toArray(StockLine[]::new);
        }

        private String sku() {
            return prefix + random.nextInt(SKUS);
        }

        /** What was aimed at did happen. */
        void assertAimsMet() {
            assertThat(refusedCommands).as("seed %d", seed).hasPositiveValue();
            assertThat(refusedAdjustments).as("seed %d", seed).hasPositiveValue();
            assertThat(database.sql("select distinct kind from stock_movement where sku like ? || '%'").param(prefix)
                    .query(String.class).list()).as("seed %d", seed)
                    .containsExactlyInAnyOrder("INITIAL", "RESERVE", "RELEASE", "COMMIT", "RESTOCK", "ADJUST");
        }

        void assertAllAddsUp() {
            List<Item> items = database
                    .sql("select sku, on_hand, reserved, version from stock_item where sku like ? || '%'")
                    .param(prefix).query(DataClassRowMapper.newInstance(Item.class)).list();
            assertThat(items).as("seed %d", seed).hasSize(SKUS);
            items.forEach(item -> {
                assertThat(recounted(item.sku())).as("seed %d", seed).isEqualTo(item);
                assertThat(item.reserved()).as("%s, seed %d", item.sku(), seed).isBetween(0, item.onHand())
                        .isEqualTo(pieces(item.sku(), "HELD", "lines"));
                Map<String, Integer> moved = moved(item.sku());
                assertThat(item.onHand() + moved.getOrDefault("COMMIT", 0)).as("%s, seed %d", item.sku(), seed)
                        .isEqualTo(moved.getOrDefault("INITIAL", 0) + moved.getOrDefault("RESTOCK", 0)
                                + moved.getOrDefault("ADJUST", 0));
                assertThat(moved.getOrDefault("COMMIT", 0)).as("%s, seed %d", item.sku(), seed)
                        .isEqualTo(pieces(item.sku(), "COMMITTED", "lines"));
                assertThat(moved.getOrDefault("RESTOCK", 0)).as("%s, seed %d", item.sku(), seed)
                        .isEqualTo(pieces(item.sku(), "COMMITTED", "restocks"));
            });
        }

        /** The item as the ledger alone tells it; every line has to say what the ones before it come to. */
        private Item recounted(String sku) {
            long version = 0;
            int onHand = 0;
            int reserved = 0;
            for (Line line : ledger(sku)) {
                version++;
                switch (line.kind()) {
                    case "INITIAL", "ADJUST", "RESTOCK" -> onHand += line.quantity();
                    case "RESERVE" -> reserved += line.quantity();
                    case "RELEASE" -> reserved -= line.quantity();
                    case "COMMIT" -> {
                        onHand -= line.quantity();
                        reserved -= line.quantity();
                    }
                    default -> throw new AssertionError(line);
                }
                assertThat(line).as("%s, seed %d", sku, seed)
                        .isEqualTo(new Line(version, line.kind(), line.quantity(), onHand, reserved));
            }
            return new Item(sku, onHand, reserved, version);
        }

        private List<Line> ledger(String sku) {
            return database.sql("""
                    select version, kind, quantity, on_hand, reserved from stock_movement where sku = ? order by version
                    """).param(sku).query(DataClassRowMapper.newInstance(Line.class)).list();
        }

        private Map<String, Integer> moved(String sku) {
            Map<String, Integer> moved = new TreeMap<>();
            ledger(sku).forEach(line -> moved.merge(line.kind(), line.quantity(), Integer::sum));
            return moved;
        }

        /** What reservations of a status say about a SKU: of their lines, or of all that came back. */
        private int pieces(String sku, String status, String column) {
            String path = column.equals("lines") ? "$[*]" : "$[*].lines[*]";
            return database.sql("""
                    select coalesce(sum((line ->> 'quantity')::int), 0)
                      from reservation, jsonb_path_query(%s, '%s') line
                     where status = :status and line ->> 'sku' = :sku
                    """.formatted(column, path)).param("status", status).param("sku", sku).query(Integer.class)
                    .single();
        }
    }
}
