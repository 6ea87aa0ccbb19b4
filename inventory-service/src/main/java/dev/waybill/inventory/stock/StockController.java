package dev.waybill.inventory.stock;

import dev.waybill.defaults.paging.Page;
import dev.waybill.defaults.paging.PageRequest;
import dev.waybill.defaults.problems.Problem;
import dev.waybill.defaults.problems.ProblemType;
import dev.waybill.events.Sku;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Shows what there is of each SKU. */
@RestController
@RequestMapping("/stock")
class StockController {

    private static final ProblemType NO_SUCH_STOCK = ProblemType.notFound("stock-not-found", "There is no such stock");

    private final StockItems stockItems;

    StockController(StockItems stockItems) {
        this.stockItems = stockItems;
    }

    @GetMapping
    Page<StockView> list(PageRequest page) {
        return page.page(stockItems.list(page.after(Sku::new), page.fetchSize()), StockItem::sku).map(StockView::from);
    }

    @GetMapping("/{sku}")
    ResponseEntity<StockView> show(@PathVariable Sku sku) {
        return stockItems.find(sku)
                .map(item -> ResponseEntity.ok().eTag(Long.toString(item.version())).body(StockView.from(item)))
                .orElseThrow(() -> noSuch(sku));
    }

    static Problem noSuch(Sku sku) {
        return NO_SUCH_STOCK.because("There was never any stock of " + sku);
    }
}
