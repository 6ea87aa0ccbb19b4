package dev.waybill.inventory.stock;

import dev.waybill.events.Sku;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

import java.time.Clock;
import java.util.List;

/**
 * Corrects what is on hand, for a reason that stays in the ledger with the name of whoever gave it. The first pieces of a SKU
 * make its stock. The stock is locked as it is for a command, so that neither sees the counts of a moment before.
 */
@Service
class AdjustingStock {

    private final StockItems stockItems;
    private final Clock clock;

    AdjustingStock(StockItems stockItems, Clock clock) {
        this.stockItems = stockItems;
        this.clock = clock;
    }

    @Transactional
    AdjustmentOutcome adjust(Sku sku, Adjustment adjustment, String reason, String who) {
        if (adjustment.pieces() > 0) {
            stockItems.begin(sku);
        }
        Stock stock = stockItems.lock(List.of(sku));
        AdjustmentOutcome outcome = stock.adjust(sku, adjustment, reason, who, clock.instant());
        stockItems.record(stock);
        return outcome;
    }
}
