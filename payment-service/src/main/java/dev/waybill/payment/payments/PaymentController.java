package dev.waybill.payment.payments;

import dev.waybill.events.OrderId;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

import java.util.UUID;

/** What is known about an order's payment. */
@RestController
class PaymentController {

    private final Payments payments;

    PaymentController(Payments payments) {
        this.payments = payments;
    }

    @GetMapping("/payments/{orderId}")
    PaymentView payment(@PathVariable UUID orderId) {
        return payments.findById(orderId).filter(payment -> payment.status() != PaymentStatus.NEW)
                .map(PaymentView::from).orElseThrow(() -> new ResponseStatusException(
                        HttpStatus.NOT_FOUND,
                        "Order %s has no payment".formatted(new OrderId(orderId))));
    }
}
