package dev.waybill.system.auditor.evidence;

import dev.waybill.system.auditor.evidence.Fact.Line;
import dev.waybill.system.auditor.evidence.Fact.Movement;
import dev.waybill.system.auditor.evidence.Fact.Reservation;

import java.util.List;

/**
 * The stock, as inventory has it in one snapshot, and what inventory has told about it.
 *
 * @param ledger every movement since the beginning; each SKU's in their order
 * @param told what the events say was moved, in the order of their rows in the outbox
 * @param held the open reservations
 */
public record StockBooks(List<Item> items, List<Movement> ledger, List<Told> told, List<Reservation> held) {

    public StockBooks {
        items = List.copyOf(items);
        ledger = List.copyOf(ledger);
        told = List.copyOf(told);
        held = List.copyOf(held);
    }

    /** A SKU's counts. */
    public record Item(String sku, int onHand, int reserved, long version) {}

    /**
     * An event that says what was moved for an order.
     *
     * @param kind that of the movements: {@code RESERVE}, {@code RELEASE}, {@code COMMIT} or {@code RESTOCK}
     * @param restock which one, of a restock; empty else
     */
    public record Told(long row, String orderId, String kind, String restock, List<Line> lines) {
        public Told {
            lines = List.copyOf(lines);
        }
    }
}
