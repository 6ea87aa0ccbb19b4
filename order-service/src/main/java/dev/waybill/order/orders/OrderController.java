package dev.waybill.order.orders;

import dev.waybill.defaults.idempotency.IdempotencyKey;
import dev.waybill.defaults.idempotency.IdempotentRequests;
import dev.waybill.defaults.paging.Page;
import dev.waybill.defaults.paging.PageRequest;
import dev.waybill.defaults.problems.Problem;
import dev.waybill.defaults.problems.ProblemType;
import dev.waybill.defaults.problems.StandardProblems;
import dev.waybill.events.CustomerId;
import dev.waybill.events.Sku;
import dev.waybill.order.catalogue.Pricing.NotForSale;
import dev.waybill.order.catalogue.Pricing.Objection;
import dev.waybill.order.catalogue.Pricing.Refused;
import dev.waybill.order.catalogue.Pricing.TooMuch;
import dev.waybill.order.orders.PlacingOrders.Accepted;
import dev.waybill.order.orders.PlacingOrders.NotAccepted;
import dev.waybill.order.orders.PlacingOrders.NotNow;
import dev.waybill.order.search.OrderFilter;
import dev.waybill.order.search.SearchText;
import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import java.net.URI;
import java.time.Instant;
import java.util.UUID;

@RestController
@RequestMapping("/orders")
class OrderController {

    static final ProblemType NO_SUCH_ORDER = ProblemType.notFound("order-not-found", "There is no such order");
    private static final ProblemType NOT_FOR_SALE = ProblemType.unprocessable("not-for-sale",
            "Not all of it can be ordered");
    private static final ProblemType AMOUNT_TOO_LARGE = ProblemType.unprocessable("amount-too-large",
            "The order's amount is too large");
    private static final ProblemType TOO_MANY_WAIT = ProblemType.unavailable("too-many-orders-waiting",
            "Too many orders wait to be fulfilled");

    private final PlacingOrders placingOrders;
    private final FindingOrders findingOrders;
    private final LookingBack lookingBack;
    private final IdempotentRequests idempotency;
    private final BacklogSettings backlog;

    OrderController(PlacingOrders placingOrders, FindingOrders findingOrders, LookingBack lookingBack,
            IdempotentRequests idempotency, BacklogSettings backlog) {
        this.placingOrders = placingOrders;
        this.findingOrders = findingOrders;
        this.lookingBack = lookingBack;
        this.idempotency = idempotency;
        this.backlog = backlog;
    }

    @PostMapping
    ResponseEntity<OrderView> place(IdempotencyKey key, @Valid @RequestBody PlaceOrderRequest request) {
        return idempotency.once(
                request.customerId().value(),
                "POST /orders",
                key,
                request,
                OrderView.class,
                () -> switch (placingOrders.place(request.toWish())) {
                    case Accepted accepted -> accepted(OrderView.from(accepted.order()));
                    case NotAccepted refused -> throw problem(refused.why());
                    case NotNow() -> throw TOO_MANY_WAIT.because(
                            "The order is not placed. Send it again later, under the same key")
                            .retryAfter(backlog.comeAgain());
                });
    }

    @GetMapping("/{id}")
    ResponseEntity<OrderView> order(@PathVariable UUID id, @RequestParam(required = false) @Nullable Instant at) {
        if (at != null) {
            return ResponseEntity.ok(lookingBack.at(at, id)
                    .orElseThrow(() -> NO_SUCH_ORDER.because("There was no order %s at %s".formatted(id, at))));
        }
        OrderView order = findingOrders.byId(id).orElseThrow(() -> NO_SUCH_ORDER.because("There is no order " + id));
        return ResponseEntity.ok().eTag(Long.toString(order.version())).body(order);
    }

    @GetMapping
    Page<OrderView> list(
            @RequestParam(required = false) @Nullable OrderStatus status,
            @RequestParam(required = false) @Nullable CustomerId customerId,
            @RequestParam(required = false) @Nullable Sku sku,
            @RequestParam(required = false) @Nullable Instant placedFrom,
            @RequestParam(required = false) @Nullable Instant placedTo,
            @RequestParam(required = false) @Nullable SearchText q,
            PageRequest page) {
        if (placedFrom != null && placedTo != null && placedFrom.isAfter(placedTo)) {
            throw StandardProblems.INVALID_REQUEST.because("Nothing was placed in no time").atParameter("placedTo",
                    "Has to be later than placedFrom");
        }
        return findingOrders.newestFirst(
                new OrderFilter(status == null ? null : status.name(), customerId, sku, placedFrom, placedTo, q), page);
    }

    private static ResponseEntity<OrderView> accepted(OrderView order) {
        return ResponseEntity.accepted().location(URI.create(order.links().self())).body(order);
    }

    private static Problem problem(Refused refused) {
        return switch (refused) {
            case NotForSale notForSale -> {
                Problem problem = NOT_FOR_SALE.because("Some lines cannot be ordered as they stand");
                for (Objection objection : notForSale.objections()) {
                    problem = at(problem, objection);
                }
                yield problem;
            }
            case TooMuch tooMuch -> AMOUNT_TOO_LARGE.because("The lines come to more than an amount of money can hold");
        };
    }

    private static Problem at(Problem problem, Objection objection) {
        String line = "/lines/" + objection.line();
        return switch (objection.reason()) {
            case UNKNOWN_SKU -> problem.at(line + "/sku", "The catalogue has no such product");
            case NOT_SOLD_ANY_MORE -> problem.at(line + "/sku", "This product is not sold any more");
            case PRICED_IN_ANOTHER_CURRENCY ->
                problem.at("/currency", "Line %d is priced in another currency".formatted(objection.line() + 1));
        };
    }
}
