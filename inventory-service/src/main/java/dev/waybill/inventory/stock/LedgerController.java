package dev.waybill.inventory.stock;

import dev.waybill.defaults.idempotency.IdempotencyKey;
import dev.waybill.defaults.idempotency.IdempotentRequests;
import dev.waybill.defaults.operators.Operator;
import dev.waybill.defaults.operators.Reason;
import dev.waybill.defaults.paging.Page;
import dev.waybill.defaults.paging.PageRequest;
import dev.waybill.defaults.problems.ProblemType;
import dev.waybill.defaults.validation.PlainText;
import dev.waybill.events.Sku;
import dev.waybill.inventory.stock.AdjustmentOutcome.Adjusted;
import dev.waybill.inventory.stock.AdjustmentOutcome.TooFewLeft;
import dev.waybill.inventory.stock.AdjustmentOutcome.TooMany;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import java.net.URI;

/** Shows how a SKU's counts came about, and lets an operator correct what is on hand. */
@RestController
@RequestMapping("/stock/{sku}")
class LedgerController {

    private static final ProblemType NO_SUCH_MOVEMENT = ProblemType.notFound("movement-not-found",
            "There is no such movement");
    private static final ProblemType TOO_FEW_LEFT = ProblemType.conflict("stock-reserved",
            "Less would be on hand than is reserved");
    private static final ProblemType TOO_MANY = ProblemType.conflict("stock-too-large",
            "More would be on hand than is counted here");

    private final AdjustingStock adjusting;
    private final StockItems stockItems;
    private final IdempotentRequests idempotency;

    LedgerController(AdjustingStock adjusting, StockItems stockItems, IdempotentRequests idempotency) {
        this.adjusting = adjusting;
        this.stockItems = stockItems;
        this.idempotency = idempotency;
    }

    record AdjustmentRequest(@NotNull Adjustment quantity, @NotNull @PlainText(max = Reason.LONGEST) String reason) {}

    @PostMapping("/adjustments")
    ResponseEntity<MovementView> adjust(
            @PathVariable Sku sku,
            IdempotencyKey key,
            @Valid @RequestBody AdjustmentRequest body,
            HttpServletRequest request) {
        String who = Operator.nameOf(request);
        return idempotency.once(who, "POST /stock/%s/adjustments".formatted(sku), key, body, MovementView.class,
                () -> switch (adjusting.adjust(sku, body.quantity(), body.reason(), who)) {
                    case Adjusted(StockMovement movement) -> ResponseEntity
                            .created(URI.create("/stock/%s/ledger/%d".formatted(sku, movement.number())))
                            .body(MovementView.from(movement));
                    case TooFewLeft(int onHand, int reserved) -> throw TOO_FEW_LEFT.because(
                            "Of %s %d are on hand, and %d of them are reserved for orders"
                                    .formatted(sku, onHand, reserved));
                    case TooMany(int onHand) -> throw TOO_MANY.because(
                            "Of %s %d are on hand, and no more than %d are counted"
                                    .formatted(sku, onHand, StockItem.MOST_ON_HAND));
                });
    }

    /** Newest first. */
    @GetMapping("/ledger")
    Page<MovementView> ledger(@PathVariable Sku sku, PageRequest page) {
        if (stockItems.find(sku).isEmpty()) {
            throw StockController.noSuch(sku);
        }
        return page.page(stockItems.ledger(sku, page.after(Long::valueOf), page.fetchSize()), StockMovement::number)
                .map(MovementView::from);
    }

    @GetMapping("/ledger/{number}")
    MovementView movement(@PathVariable Sku sku, @PathVariable long number) {
        return stockItems.movement(sku, number).map(MovementView::from).orElseThrow(
                () -> NO_SUCH_MOVEMENT.because("The ledger of %s has no movement %d".formatted(sku, number)));
    }
}
