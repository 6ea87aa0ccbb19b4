package dev.waybill.inventory.stock;

import dev.waybill.events.Sku;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

import java.util.List;

/** Shows what there is of each SKU. */
@RestController
@RequestMapping("/stock")
class StockController {

    private static final int MAX_PAGE = 200;

    private final StockItems stockItems;

    StockController(StockItems stockItems) {
        this.stockItems = stockItems;
    }

    /** @param next the cursor of the page that follows; null on the last one */
    record Page(List<StockView> items, @Nullable String next) {}

    @GetMapping
    Page list(@RequestParam(defaultValue = "50") int limit, @RequestParam(required = false) @Nullable Sku cursor) {
        int size = Math.clamp(limit, 1, MAX_PAGE);
        List<StockView> items = stockItems.list(cursor, size + 1).stream().map(StockView::from).toList();
        return items.size() > size
                ? new Page(items.subList(0, size), items.get(size - 1).sku().value())
                : new Page(items, null);
    }

    @GetMapping("/{sku}")
    ResponseEntity<StockView> show(@PathVariable Sku sku) {
        StockView stock = stockItems.find(sku).map(StockView::from)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no stock of " + sku));
        return ResponseEntity.ok().eTag(Long.toString(stock.version())).body(stock);
    }
}
