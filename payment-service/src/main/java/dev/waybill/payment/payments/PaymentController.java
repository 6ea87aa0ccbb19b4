package dev.waybill.payment.payments;

import dev.waybill.defaults.paging.Page;
import dev.waybill.defaults.paging.PageRequest;
import dev.waybill.events.OrderId;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import java.util.List;
import java.util.UUID;

/** What is known about an order's payment, and what that is made of. */
@RestController
@RequestMapping("/payments/{orderId}")
class PaymentController {

    private final FindingPayments finding;

    PaymentController(FindingPayments finding) {
        this.finding = finding;
    }

    @GetMapping
    PaymentView payment(@PathVariable UUID orderId) {
        Payment payment = finding.known(new OrderId(orderId));
        return PaymentView.from(payment.orderId(), payment.state());
    }

    @GetMapping("/events")
    Page<PaymentChangeView> events(@PathVariable UUID orderId, PageRequest page) {
        Payment payment = finding.known(new OrderId(orderId));
        List<PaymentTables.StreamEntry> entries = finding
                .stream(payment.orderId(), page.after(Long::valueOf).orElse(0L), page.fetchSize());
        return page.page(entries, PaymentTables.StreamEntry::version).map(PaymentChangeView::from);
    }
}
