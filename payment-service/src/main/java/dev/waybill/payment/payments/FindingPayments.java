package dev.waybill.payment.payments;

import dev.waybill.defaults.problems.Problem;
import dev.waybill.defaults.problems.ProblemType;
import dev.waybill.events.OrderId;
import org.springframework.stereotype.Component;

import java.util.List;

/** Looks up payments for those who ask over HTTP. One to which nothing has happened yet is none to them. */
@Component
class FindingPayments {

    private static final ProblemType NO_SUCH_PAYMENT = ProblemType.notFound("payment-not-found",
            "There is no such payment");

    private final Payments payments;
    private final PaymentTables tables;

    FindingPayments(Payments payments, PaymentTables tables) {
        this.payments = payments;
        this.tables = tables;
    }

    /** @throws Problem 404 where there is none */
    Payment known(OrderId orderId) {
        return payments.find(orderId).filter(payment -> payment.state().status() != PaymentStatus.NEW)
                .orElseThrow(() -> NO_SUCH_PAYMENT.because("Order %s has no payment".formatted(orderId)));
    }

    /** What has happened to it after this change. */
    List<PaymentTables.StreamEntry> stream(OrderId orderId, long after, int limit) {
        return tables.stream(orderId, after, limit);
    }
}
