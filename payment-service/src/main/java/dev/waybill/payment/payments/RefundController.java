package dev.waybill.payment.payments;

import dev.waybill.defaults.idempotency.IdempotencyKey;
import dev.waybill.defaults.idempotency.IdempotentRequests;
import dev.waybill.defaults.operators.Operator;
import dev.waybill.defaults.operators.Reason;
import dev.waybill.defaults.paging.Page;
import dev.waybill.defaults.problems.ProblemType;
import dev.waybill.defaults.validation.PlainText;
import dev.waybill.events.Money;
import dev.waybill.events.OrderId;
import dev.waybill.events.RefundId;
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
import java.util.List;
import java.util.UUID;

/** Operators give money back, and see what becomes of it. */
@RestController
@RequestMapping("/payments/{orderId}/refunds")
class RefundController {

    private static final ProblemType NO_SUCH_REFUND = ProblemType.notFound("refund-not-found",
            "There is no such refund");

    private final RefundingByHand refunding;
    private final FindingPayments finding;
    private final IdempotentRequests idempotency;

    RefundController(RefundingByHand refunding, FindingPayments finding, IdempotentRequests idempotency) {
        this.refunding = refunding;
        this.finding = finding;
        this.idempotency = idempotency;
    }

    /** How much, and why. */
    record Wish(@NotNull Money amount, @NotNull @PlainText(max = Reason.LONGEST) String reason) {}

    @PostMapping
    ResponseEntity<RefundView> refund(
            @PathVariable UUID orderId, IdempotencyKey key, @Valid @RequestBody Wish wish,
            HttpServletRequest request) {
        String operator = Operator.nameOf(request);
        String route = "POST /payments/%s/refunds".formatted(orderId);
        return idempotency.once(operator, route, key, wish, RefundView.class, () -> {
            RefundView refund = refunding.refund(new OrderId(orderId), wish.amount(), operator, wish.reason());
            return ResponseEntity.accepted()
                    .location(URI.create("/payments/%s/refunds/%s".formatted(orderId, refund.id()))).body(refund);
        });
    }

    @GetMapping
    Page<RefundView> refunds(@PathVariable UUID orderId) {
        return Page.whole(of(orderId));
    }

    @GetMapping("/{refundId}")
    RefundView refund(@PathVariable UUID orderId, @PathVariable UUID refundId) {
        return of(orderId).stream().filter(refund -> refund.id().equals(new RefundId(refundId))).findFirst()
                .orElseThrow(() -> NO_SUCH_REFUND.because("Order %s has no refund %s".formatted(orderId, refundId)));
    }

    private List<RefundView> of(UUID orderId) {
        Payment payment = finding.known(new OrderId(orderId));
        return payment.state().refunds().stream().map(refund -> RefundView.from(payment.orderId(), refund)).toList();
    }
}
