package dev.waybill.payment.payments;

import dev.waybill.defaults.problems.Problem;
import dev.waybill.defaults.problems.ProblemType;
import dev.waybill.events.Money;
import dev.waybill.events.OrderId;
import dev.waybill.events.RefundId;
import dev.waybill.messaging.Ids;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import java.util.List;

/**
 * Gives money back because an operator says so, and not a saga. What cannot be is refused at once, in words; nothing is said of
 * it to others. What can is made like any other refund, and told by the same events.
 */
@Component
class RefundingByHand {

    private static final ProblemType NOT_CAPTURED = ProblemType.conflict("payment-not-captured",
            "The money is not ours, or not yet");
    private static final ProblemType EXCEEDS_CAPTURED = ProblemType.conflict("refund-exceeds-captured",
            "That is more than can be given back");
    private static final ProblemType OTHER_CURRENCY = ProblemType.unprocessable("other-currency",
            "The order was paid in another currency");
    private static final ProblemType NO_AMOUNT = ProblemType.unprocessable("nothing-to-refund",
            "Nothing would be given back");

    private final PaymentDesk desk;
    private final FindingPayments finding;

    RefundingByHand(PaymentDesk desk, FindingPayments finding) {
        this.desk = desk;
        this.finding = finding;
    }

    /** @throws Problem where it cannot be */
    @Transactional
    RefundView refund(OrderId orderId, Money amount, String operator, String reason) {
        desk.prefetch(List.of(orderId));
        requirePossible(finding.known(orderId).state(), amount);
        RefundId id = new RefundId(Ids.next());
        Payment payment = desk.decide(orderId, known -> known.refunds().refund(id, amount, operator, reason));
        return RefundView.from(orderId, payment.state().refund(id).orElseThrow());
    }

    private static void requirePossible(PaymentState state, Money amount) {
        if (amount.amountMinor() == 0) {
            throw NO_AMOUNT.because("An amount above zero is wanted").at("/amount/amountMinor", "This is zero");
        }
        if (!state.moneyTaken()) {
            throw NOT_CAPTURED.because("Nothing was captured for this order that could be given back");
        }
        if (!amount.currency().equals(state.toPay().currency())) {
            throw OTHER_CURRENCY.because("The order was paid in " + state.toPay().currency())
                    .at("/amount/currency", "This is another currency");
        }
        if (amount.compareTo(state.refundable()) > 0) {
            throw EXCEEDS_CAPTURED.because("%s were captured, of which %s are given back or about to be: %s are left"
                    .formatted(state.captured(), state.refunded().plus(state.refunding()), state.refundable()))
                    .at("/amount", "This is more than what is left");
        }
    }
}
