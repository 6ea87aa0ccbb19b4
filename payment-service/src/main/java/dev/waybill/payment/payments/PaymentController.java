package dev.waybill.payment.payments;

import dev.waybill.defaults.problems.ProblemType;
import dev.waybill.events.OrderId;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

import java.util.UUID;

/** What is known about an order's payment. */
@RestController
class PaymentController {

    private static final ProblemType NO_SUCH_PAYMENT = ProblemType.notFound("payment-not-found",
            "There is no such payment");

    private final Payments payments;

    PaymentController(Payments payments) {
        this.payments = payments;
    }

    @GetMapping("/payments/{orderId}")
    PaymentView payment(@PathVariable UUID orderId) {
        return payments.find(new OrderId(orderId)).filter(payment -> payment.status() != PaymentStatus.NEW)
                .map(PaymentView::from)
                .orElseThrow(() -> NO_SUCH_PAYMENT.because("Order %s has no payment".formatted(orderId)));
    }
}
