package dev.waybill.order.orders;

import dev.waybill.defaults.idempotency.IdempotencyKey;
import dev.waybill.defaults.idempotency.IdempotentRequests;
import dev.waybill.defaults.paging.Page;
import dev.waybill.defaults.paging.PageRequest;
import dev.waybill.defaults.problems.Problem;
import dev.waybill.defaults.problems.ProblemType;
import dev.waybill.defaults.validation.PlainText;
import dev.waybill.events.OrderId;
import dev.waybill.events.Quantity;
import dev.waybill.events.Sku;
import dev.waybill.events.StockLine;
import dev.waybill.order.orders.ReturnOutcome.NotNow;
import dev.waybill.order.orders.ReturnOutcome.NotOrdered;
import dev.waybill.order.orders.ReturnOutcome.NotSoMany;
import dev.waybill.order.orders.ReturnOutcome.NotThese;
import dev.waybill.order.orders.ReturnOutcome.Objection;
import dev.waybill.order.orders.ReturnOutcome.Requested;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import java.net.URI;
import java.util.List;
import java.util.UUID;

/** Asks for pieces of an order to be taken back and paid back, and shows what came of it. */
@RestController
@RequestMapping("/orders/{id}/returns")
class ReturnController {

    private static final ProblemType NO_SUCH_RETURN = ProblemType.notFound("return-not-found",
            "There is no such return");
    private static final ProblemType NOT_RETURNABLE = ProblemType.conflict("order-not-returnable",
            "Nothing of the order can be returned as it stands");
    private static final ProblemType PIECES_NOT_RETURNABLE = ProblemType.unprocessable("pieces-not-returnable",
            "Not all of it can be returned");

    private final ReturningPieces returningPieces;
    private final FindingReturns findingReturns;
    private final IdempotentRequests idempotency;

    ReturnController(ReturningPieces returningPieces, FindingReturns findingReturns, IdempotentRequests idempotency) {
        this.returningPieces = returningPieces;
        this.findingReturns = findingReturns;
        this.idempotency = idempotency;
    }

    record ReturnRequest(
            @NotEmpty @Size(max = PlaceOrderRequest.MAX_LINES,
                    message = "No more than {max} lines are taken") List<@NotNull @Valid LineRequest> lines,
            @NotNull @PlainText(max = 500) String reason) {

        record LineRequest(@NotNull Sku sku, @NotNull Quantity quantity) {}

        List<StockLine> pieces() {
            return lines.stream().map(line -> new StockLine(line.sku(), line.quantity())).toList();
        }
    }

    @PostMapping
    ResponseEntity<ReturnView> request(
            IdempotencyKey key, @PathVariable UUID id, @Valid @RequestBody ReturnRequest request) {
        return idempotency.once(
                // The path names the order, and thereby whose it is.
                "order/" + id,
                "POST /orders/%s/returns".formatted(id),
                key,
                request,
                ReturnView.class,
                () -> switch (returningPieces.request(new OrderId(id), request.pieces(), request.reason())
                        .orElseThrow(() -> noOrder(id))) {
                    case Requested requested -> accepted(ReturnView.from(requested.accepted()));
                    case NotNow notNow -> throw problem(notNow);
                    case NotThese notThese -> throw problem(notThese);
                });
    }

    @GetMapping
    Page<ReturnView> list(@PathVariable UUID id, PageRequest page) {
        List<ReturnView> returns = findingReturns.of(id, page.after(UUID::fromString), page.fetchSize())
                .orElseThrow(() -> noOrder(id));
        return page.page(returns, found -> found.id().value());
    }

    @GetMapping("/{returnId}")
    ReturnView one(@PathVariable UUID id, @PathVariable UUID returnId) {
        return findingReturns.byId(id, returnId).orElseThrow(
                () -> NO_SUCH_RETURN.because("Order %s has no return %s".formatted(id, returnId)));
    }

    private static ResponseEntity<ReturnView> accepted(ReturnView accepted) {
        URI location = URI.create("/orders/%s/returns/%s".formatted(accepted.orderId(), accepted.id()));
        return ResponseEntity.accepted().location(location).body(accepted);
    }

    private static Problem noOrder(UUID id) {
        return OrderController.NO_SUCH_ORDER.because("There is no order " + id);
    }

    private static Problem problem(NotNow notNow) {
        return NOT_RETURNABLE.because(switch (notNow.status()) {
            case PENDING, CONFIRMED -> notNow.handedOver()
                    ? "The order is not confirmed yet. Ask again in a moment"
                    : "The carrier does not have the parcel yet. Cancel the order instead:"
                            + " POST /orders/{id}/cancellation";
            case CANCELLING -> "A cancellation is under way. Wait for what comes of it";
            case REJECTED -> "The order was rejected: no parcel has left, and nothing of its price is kept";
            case CANCELLED -> "The order is cancelled: no parcel has left, and nothing of its price is kept";
            case SHIPPED, DELIVERED ->
                throw new IllegalArgumentException(notNow.status() + " stands in no return's way");
        });
    }

    private static Problem problem(NotThese notThese) {
        Problem problem = PIECES_NOT_RETURNABLE.because("Some lines cannot be returned as they stand");
        for (Objection objection : notThese.objections()) {
            problem = switch (objection) {
                case NotOrdered(int line) ->
                    problem.at("/lines/%d/sku".formatted(line), "This was not ordered");
                case NotSoMany(int line, long left) -> problem.at("/lines/%d/quantity".formatted(line),
                        "Of this SKU %d can still be returned, all lines together".formatted(left));
            };
        }
        return problem;
    }
}
