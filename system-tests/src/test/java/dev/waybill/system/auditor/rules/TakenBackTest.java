package dev.waybill.system.auditor.rules;

import dev.waybill.system.auditor.evidence.Fact.Amount;
import dev.waybill.system.auditor.evidence.Fact.Line;
import dev.waybill.system.auditor.evidence.Fact.Movement;
import dev.waybill.system.auditor.evidence.Fact.Parcel;
import dev.waybill.system.auditor.evidence.Fact.RefundedByHand;
import dev.waybill.system.auditor.evidence.Fact.Reservation;
import dev.waybill.system.auditor.evidence.Fact.Returned;
import dev.waybill.system.auditor.evidence.StockBooks.Item;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** An order that was fulfilled and then taken back, in whole or in part: what is right, and each thing that is not. */
class TakenBackTest {

    private final Situation situation = new Situation();

    @Test
    void aCancelledOrderOfWhichNothingIsLeftIsRight() {
        assertThat(situation.cancelled().findings()).isEmpty();
    }

    @Test
    void moneyThatIsKeptForACancelledOrderIsFound() {
        situation.cancelled();
        Situation.remove(situation.charges, charge -> charge.kind().equals("REFUND"));

        isFound("I2 a fulfilled order is paid in full, any other not at all", "I2 the payment agrees");
    }

    @Test
    void stockThatDoesNotComeBackIsFound() {
        situation.cancelled();
        Situation.replace(situation.reservations, one -> one.orderId().equals(Situation.CONFIRMED),
                one -> new Reservation(one.orderId(), "COMMITTED", one.lines(), List.of(), 3));

        isFound("I3 the stock agrees", "I1 the ledger shows");
    }

    @Test
    void moreThatComesBackThanHadLeftIsFound() {
        situation.cancelled();
        situation.movements.add(new Movement("FILTER-04", 7, "RESTOCK", 1, 11, 0, Situation.CONFIRMED));
        situation.stock.set(0, new Item("FILTER-04", 11, 0, 7));
        Situation.replace(situation.reservations, one -> one.orderId().equals(Situation.CONFIRMED),
                one -> new Reservation(one.orderId(), "COMMITTED", one.lines(),
                        List.of(new Line("FILTER-04", 2), new Line("FILTER-04", 1)), 3));

        isFound("I1 reserved is what open orders hold");
    }

    @Test
    void aParcelThatLeavesForACancelledOrderIsFound() {
        situation.cancelled();
        situation.parcels.set(0, new Parcel("SP1", Situation.CONFIRMED, "HANDED_OVER", List.of()));

        isFound("I3 the carrier has a parcel");
    }

    @Test
    void aConfirmedOrderThatIsCancelledWithoutACancellationIsFound() {
        situation.cancelled();
        Situation.remove(situation.sagas, saga -> saga.type().equals("order-cancellation"));

        isFound("I3 the saga ended as the order did");
    }

    @Test
    void whatAPersonGaveBackIsOwedNoMore() {
        situation.paidBack(380);
        situation.refunds.add(new RefundedByHand(Situation.CONFIRMED, new Amount(380, "EUR")));

        assertThat(situation.findings()).isEmpty();
    }

    @Test
    void whatWasReturnedIsOwedNoMore() {
        situation.paidBack(690).broughtBack(1);
        situation.returns.add(returned("COMPLETED"));

        assertThat(situation.findings()).isEmpty();
    }

    @Test
    void aRefundThatNobodyAgreedToIsFound() {
        situation.paidBack(690);
        situation.returns.add(returned("REFUSED"));

        isFound("I2 a fulfilled order is paid in full");
    }

    @Test
    void aReturnThatIsPaidBackAndNotInStockIsFound() {
        situation.paidBack(690);
        situation.returns.add(returned("COMPLETED"));

        isFound("I3 the stock agrees");
    }

    private static Returned returned(String status) {
        return new Returned(Situation.CONFIRMED, status, new Amount(690, "EUR"), List.of(new Line("FILTER-04", 1)));
    }

    private void isFound(String... rules) {
        assertThat(rules).allSatisfy(rule -> assertThat(situation.findings())
                .anySatisfy(finding -> assertThat(finding.rule()).startsWith(rule)));
    }
}
