package dev.waybill.system.auditor.rules;

import dev.waybill.system.auditor.evidence.Fact.Amount;
import dev.waybill.system.auditor.evidence.Fact.Charge;
import dev.waybill.system.auditor.evidence.Fact.Expired;
import dev.waybill.system.auditor.evidence.Fact.Payment;
import org.junit.jupiter.api.Test;

import static dev.waybill.system.auditor.rules.RuleAssert.assertRed;
import static org.assertj.core.api.Assertions.assertThat;

class MoneyRulesTest {

    private static final Amount PRICE = new Amount(1380, "EUR");

    private static final String AUTHORIZED_ONCE = "I2 authorized at most once";
    private static final String AGREES = "I2 the payment agrees with the gateway's books";

    private final Situation situation = new Situation();

    @Test
    void neverCapturedTwice() {
        situation.charges.add(new Charge("pay-1", Situation.CONFIRMED, "CAPTURE", PRICE, Situation.NOON));

        assertRed(situation, "I2 captured at most once", Situation.CONFIRMED, "captured 2 times");
        assertRed(situation, "I2 a fulfilled order is paid in full, any other not at all", Situation.CONFIRMED,
                "the gateway took 2760");
        assertRed(situation, "I4 the gateway and the carrier are asked to do a thing once", Situation.CONFIRMED,
                "CAPTURE of pay-1 stands in the books 2 times");
    }

    @Test
    void noMoreIsHeldThanTheOrderCosts() {
        Situation.replace(situation.charges,
                charge -> charge.orderId().equals(Situation.CONFIRMED) && charge.kind().equals("AUTHORIZE"),
                charge -> new Charge("pay-1", Situation.CONFIRMED, "AUTHORIZE", new Amount(13_800, "EUR"),
                        charge.at()));

        assertRed(situation, "I2 what is authorized is the order's total", Situation.CONFIRMED,
                "costs 1380 EUR minor, but 13800 EUR minor were authorized");
    }

    @Test
    void neverHeldTwice() {
        situation.charges.add(new Charge("pay-9", Situation.CONFIRMED, "AUTHORIZE", PRICE, Situation.NOON));

        assertRed(situation, AUTHORIZED_ONCE, Situation.CONFIRMED, "authorized 2 times");
        assertRed(situation, AGREES, Situation.CONFIRMED, "pay-9");
    }

    @Test
    void whatHasExpiredIsHeldOnceMore() {
        assertThat(situation.renewed().findings()).isEmpty();
    }

    @Test
    void whatNobodySaidHadExpiredIsHeldStill() {
        situation.renewed().expired.clear();

        assertRed(situation, AUTHORIZED_ONCE, Situation.CONFIRMED, "authorized 2 times");
        assertRed(situation, AGREES, Situation.CONFIRMED, "pay-0");
    }

    @Test
    void aRenewalIsNoLeaveToHoldMoreThanOne() {
        situation.renewed().charges.add(new Charge("pay-9", Situation.CONFIRMED, "AUTHORIZE", PRICE, Situation.NOON));

        assertRed(situation, AUTHORIZED_ONCE, Situation.CONFIRMED, "authorized 2 times");
        assertRed(situation, AGREES, Situation.CONFIRMED, "pay-9");
    }

    @Test
    void whatHasExpiredIsNotCaptured() {
        situation.renewed().charges.add(new Charge("pay-0", Situation.CONFIRMED, "CAPTURE", PRICE, Situation.NOON));

        assertRed(situation, "I2 captured at most once", Situation.CONFIRMED, "captured 2 times");
        assertRed(situation, AUTHORIZED_ONCE, Situation.CONFIRMED, "pay-0 was captured");
    }

    @Test
    void whatHasExpiredNeedsNoVoid() {
        Situation.remove(situation.charges, charge -> charge.kind().equals("VOID"));
        situation.expired.add(new Expired(Situation.REJECTED, "pay-2"));

        assertThat(situation.findings()).isEmpty();
    }

    @Test
    void aRejectedOrderIsNotPaid() {
        situation.charges.add(new Charge("pay-2", Situation.REJECTED, "CAPTURE", PRICE, Situation.NOON));

        assertRed(situation, "I2 a fulfilled order is paid in full, any other not at all", Situation.REJECTED,
                "REJECTED, so 0 EUR minor are owed, but the gateway took 1380");
        assertRed(situation, "I2 nothing stays held for an order that was undone", Situation.REJECTED,
                "pay-2 was both captured and voided");
    }

    @Test
    void aFulfilledOrderIsPaid() {
        Situation.remove(situation.charges, charge -> charge.kind().equals("CAPTURE"));

        assertRed(situation, "I2 a fulfilled order is paid in full, any other not at all", Situation.CONFIRMED,
                "the gateway took 0");
        assertRed(situation, AGREES, Situation.CONFIRMED,
                "the payment says 1380 were captured, the gateway's books say 0");
    }

    @Test
    void aRejectedOrdersAuthorizationIsVoided() {
        Situation.remove(situation.charges, charge -> charge.kind().equals("VOID"));

        assertRed(situation, "I2 nothing stays held for an order that was undone", Situation.REJECTED,
                "the authorization pay-2 of 1380 EUR minor was never voided");
    }

    @Test
    void thePaymentKnowsWhatTheGatewayHolds() {
        Situation.replace(situation.payments, payment -> payment.orderId().equals(Situation.REJECTED),
                payment -> new Payment(Situation.REJECTED, "VOIDED", 0, 0, null, 2));

        assertRed(situation, AGREES, Situation.REJECTED,
                "the payment knows null");
    }

    @Test
    void nobodyIsChargedForAnOrderThatDoesNotExist() {
        situation.charges.add(new Charge("pay-9", "order-9", "AUTHORIZE", PRICE, Situation.NOON));

        assertRed(situation, "I2 nobody is charged for an order that does not exist", "order-9", "is in no database");
    }
}
