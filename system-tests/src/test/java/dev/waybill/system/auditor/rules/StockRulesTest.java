package dev.waybill.system.auditor.rules;

import dev.waybill.system.auditor.evidence.Fact.Line;
import dev.waybill.system.auditor.evidence.Fact.Movement;
import dev.waybill.system.auditor.evidence.Fact.Reservation;
import dev.waybill.system.auditor.evidence.StockBooks.Item;
import dev.waybill.system.auditor.evidence.StockBooks.Told;
import org.junit.jupiter.api.Test;

import java.util.List;

import static dev.waybill.system.auditor.rules.RuleAssert.assertRed;
import static org.assertj.core.api.Assertions.assertThat;

class StockRulesTest {

    private final Situation situation = new Situation();

    @Test
    void noCountIsBelowZero() {
        situation.stock.set(0, new Item("FILTER-04", -1, 0, 5));

        assertRed(situation, "I1 no count is ever below zero", null, "FILTER-04 is oversold");
    }

    @Test
    void noMoreIsReservedThanIsOnHandAtAnyTime() {
        Situation.replace(situation.movements, line -> line.version() == 4,
                line -> new Movement("FILTER-04", 4, "RESERVE", 9, 8, 9, Situation.REJECTED));

        assertRed(situation, "I1 no count is ever below zero", Situation.REJECTED, "oversold by movement 4");
    }

    @Test
    void countingTheLedgerAgainComesToTheSame() {
        Situation.replace(situation.movements, line -> line.version() == 3,
                line -> new Movement("FILTER-04", 3, "COMMIT", 1, 8, 0, Situation.CONFIRMED));

        assertRed(situation, "I1 the ledger adds up, line by line", Situation.CONFIRMED,
                "movement 3 leaves 9 on hand and 1 reserved");
    }

    @Test
    void noLineOfTheLedgerIsMissing() {
        Situation.remove(situation.movements, line -> line.version() == 4);

        assertRed(situation, "I1 the ledger adds up, line by line", Situation.REJECTED, "counted again, movement 4");
    }

    @Test
    void theLedgerEndsWhereTheStockIs() {
        situation.stock.set(0, new Item("FILTER-04", 7, 0, 5));

        assertRed(situation, "I1 the ledger adds up, line by line", null, "FILTER-04 has 7 on hand");
    }

    @Test
    void nothingAppearsOrVanishes() {
        situation.stock.set(0, new Item("FILTER-04", 9, 0, 5));

        assertRed(situation, "I1 on hand + committed = initial + restocked + adjusted", null,
                "9 on hand + 2 committed is not 10");
    }

    @Test
    void reservedIsWhatTheOpenReservationsHold() {
        Situation.replace(situation.reservations, reservation -> reservation.orderId().equals(Situation.REJECTED),
                reservation -> new Reservation(reservation.orderId(), "HELD", reservation.lines(), List.of(), 2));

        assertRed(situation, "I1 reserved is the sum of the open reservations", null,
                "0 reserved, but the open reservations come to 2");
    }

    @Test
    void whatWasCommittedWasTakenFromTheStock() {
        Situation.remove(situation.movements, line -> line.kind().equals("COMMIT"));

        assertRed(situation, "I1 the ledger shows what the reservations say", Situation.CONFIRMED,
                "the reservation is COMMITTED with [2 x FILTER-04], the ledger shows {RESERVE={2 x FILTER-04=1}}");
    }

    @Test
    void stockMovesOnlyForWhoHasReservedIt() {
        Situation.remove(situation.reservations, reservation -> reservation.orderId().equals(Situation.REJECTED));

        assertRed(situation, "I1 the ledger shows what the reservations say", Situation.REJECTED,
                "has no reservation, the ledger shows");
    }

    @Test
    void aRefusedReservationMovesNothing() {
        Situation.replace(situation.reservations, reservation -> reservation.orderId().equals(Situation.REJECTED),
                reservation -> new Reservation(Situation.REJECTED, "REFUSED", reservation.lines(), List.of(), 2));

        assertRed(situation, "I1 the ledger shows what the reservations say", Situation.REJECTED,
                "the reservation is REFUSED");
    }

    @Test
    void nobodyGivesBackWhatAnotherHolds() {
        Situation.replace(situation.movements, line -> line.version() == 3,
                line -> new Movement("FILTER-04", 3, "COMMIT", 2, 8, 0, Situation.REJECTED));

        assertRed(situation, "I1 reserved is what open orders hold, at every line of the ledger", Situation.REJECTED,
                "FILTER-04 at movement 3");
    }

    @Test
    void whatIsToldIsWhatMoved() {
        situation.told.set(1, new Told(2, Situation.CONFIRMED, "COMMIT", "", List.of(new Line("FILTER-04", 1))));

        assertRed(situation, "I1 what is told is what moved, in the same order", Situation.CONFIRMED,
                "outbox row 2 tells COMMIT of 1 x FILTER-04");
    }

    @Test
    void stockIsToldOfInTheOrderInWhichItMoved() {
        situation.told.add(0, new Told(0, Situation.REJECTED, "RESERVE", "", List.of(new Line("FILTER-04", 2))));

        assertRed(situation, "I1 what is told is what moved, in the same order", Situation.REJECTED,
                "outbox row 0 tells RESERVE of 2 x FILTER-04");
    }

    @Test
    void whatMovedIsTold() {
        situation.told.removeLast();

        assertRed(situation, "I1 what is told is what moved, in the same order", Situation.REJECTED, "was never told");
    }

    @Test
    void whatIsToldTwiceMovesOnce() {
        situation.told.add(1, new Told(2, Situation.CONFIRMED, "RESERVE", "", List.of(new Line("FILTER-04", 2))));

        assertThat(situation.findings()).isEmpty();
    }

    @Test
    void whatMovedForAnOrderThatIsUnderWayMayBeToldLater() {
        situation.told.removeLast();
        situation.underWay.add(Situation.REJECTED);

        assertThat(situation.findings()).isEmpty();
    }
}
