package dev.waybill.order.orders;

import dev.waybill.defaults.idempotency.IdempotencyKey;
import dev.waybill.defaults.idempotency.IdempotentRequests;
import dev.waybill.defaults.problems.Problem;
import dev.waybill.defaults.problems.ProblemType;
import dev.waybill.defaults.validation.PlainText;
import dev.waybill.events.OrderId;
import dev.waybill.order.orders.CancellingOrders.Accepted;
import dev.waybill.order.orders.CancellingOrders.NotAccepted;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

import java.net.URI;
import java.util.UUID;

/** Asks for an order's cancellation. Whether it comes about is told by the order's status. */
@RestController
class CancellationController {

    private static final ProblemType NOT_CANCELLABLE = ProblemType.conflict("order-not-cancellable",
            "The order cannot be cancelled any more");

    private final CancellingOrders cancellingOrders;
    private final IdempotentRequests idempotency;

    CancellationController(CancellingOrders cancellingOrders, IdempotentRequests idempotency) {
        this.cancellingOrders = cancellingOrders;
        this.idempotency = idempotency;
    }

    record CancellationRequest(@NotNull @PlainText(max = 500) String reason) {}

    @PostMapping("/orders/{id}/cancellation")
    ResponseEntity<OrderView> cancel(
            IdempotencyKey key, @PathVariable UUID id, @Valid @RequestBody CancellationRequest request) {
        return idempotency.once(
                // The path names the order, and thereby whose it is.
                "order/" + id,
                "POST /orders/%s/cancellation".formatted(id),
                key,
                request,
                OrderView.class,
                () -> switch (cancellingOrders.request(new OrderId(id), request.reason())
                        .orElseThrow(() -> OrderController.NO_SUCH_ORDER.because("There is no order " + id))) {
                    case Accepted accepted -> ResponseEntity.accepted()
                            .location(URI.create(accepted.order().links().self())).body(accepted.order());
                    case NotAccepted refused -> throw problem(refused.why().status());
                });
    }

    private static Problem problem(OrderStatus status) {
        return NOT_CANCELLABLE.because(switch (status) {
            case REJECTED -> "The order was rejected: nothing is kept for it, and nothing of its price";
            case CANCELLED -> "The order is cancelled already";
            case PENDING, CONFIRMED, SHIPPED, DELIVERED, CANCELLING ->
                "The carrier has the parcel. Return what is not wanted instead: POST /orders/{id}/returns";
        });
    }
}
