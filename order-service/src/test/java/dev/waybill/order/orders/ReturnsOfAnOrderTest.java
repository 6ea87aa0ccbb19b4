package dev.waybill.order.orders;

import dev.waybill.events.CancellationId;
import dev.waybill.events.Money;
import dev.waybill.events.OrderEvent.CancellationRefusal;
import dev.waybill.events.OrderEvent.RejectionReason;
import dev.waybill.events.OrderEvent.ReturnCompleted;
import dev.waybill.events.OrderEvent.ReturnRefusal;
import dev.waybill.events.OrderEvent.ReturnRefused;
import dev.waybill.events.Quantity;
import dev.waybill.events.ReturnId;
import dev.waybill.events.Sku;
import dev.waybill.events.StockLine;
import dev.waybill.messaging.Ids;
import dev.waybill.order.orders.Parcel.Progress;
import dev.waybill.order.orders.ReturnOutcome.NotNow;
import dev.waybill.order.orders.ReturnOutcome.NotOrdered;
import dev.waybill.order.orders.ReturnOutcome.NotSoMany;
import dev.waybill.order.orders.ReturnOutcome.NotThese;
import dev.waybill.order.orders.ReturnOutcome.Requested;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;

import static dev.waybill.order.orders.OrderFixtures.LATER;
import static dev.waybill.order.orders.OrderFixtures.MUCH_LATER;
import static dev.waybill.order.orders.OrderFixtures.SCAN;
import static dev.waybill.order.orders.OrderFixtures.TRACKING_NUMBER;
import static dev.waybill.order.orders.OrderFixtures.askToCancel;
import static dev.waybill.order.orders.OrderFixtures.confirmedOrder;
import static dev.waybill.order.orders.OrderFixtures.line;
import static dev.waybill.order.orders.OrderFixtures.pendingOrder;
import static dev.waybill.order.orders.OrderFixtures.place;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class ReturnsOfAnOrderTest {

    private static final String WHY = "One arrived broken";

    private final Order order = place(
            line("FILTER-04", 3, 690), line("ESPRESSO-01", 2, 12999), line("FILTER-04", 1, 690)).order();

    @BeforeEach
    void ship() {
        order.confirm(LATER);
        order.scanned(Progress.HANDED_OVER, TRACKING_NUMBER, SCAN, LATER);
    }

    @Test
    void piecesAreSummedAndPaidBackAtThePriceTheyWereOrderedFor() {
        Requested requested = taken(
                piece("FILTER-04", 1), piece("ESPRESSO-01", 1), piece("FILTER-04", 2));

        assertThat(requested.event().lines()).containsExactly(piece("ESPRESSO-01", 1), piece("FILTER-04", 3));
        assertThat(requested.event().refund()).isEqualTo(Money.of(12999 + 3 * 690, "EUR"));
        assertThat(requested.event().statedReason()).isEqualTo(WHY);
        assertThat(requested.accepted().status()).isEqualTo(OrderReturn.Status.REQUESTED);
        assertThat(requested.accepted().lines()).isEqualTo(requested.event().lines());
        assertThat(requested.accepted().refund()).isEqualTo(requested.event().refund());
        assertThat(order.status()).isEqualTo(OrderStatus.SHIPPED);
    }

    @Test
    void wholeOrderCanComeBackAndThenNothingMore() {
        Requested whole = taken(piece("FILTER-04", 4), piece("ESPRESSO-01", 2));

        assertThat(whole.event().refund()).isEqualTo(order.total());
        assertThat(wish(piece("ESPRESSO-01", 1))).isEqualTo(new NotThese(List.of(new NotSoMany(0, 0))));
    }

    @Test
    void noMorePiecesComeBackThanWereOrdered() {
        taken(piece("FILTER-04", 3));

        assertThat(wish(piece("ESPRESSO-01", 1), piece("FILTER-04", 2)))
                .isEqualTo(new NotThese(List.of(new NotSoMany(1, 1))));
        assertThat(wish(piece("FILTER-04", 1), piece("FILTER-04", 1)))
                .as("the same SKU twice is summed").isEqualTo(new NotThese(List.of(new NotSoMany(1, 1))));
        taken(piece("FILTER-04", 1));
    }

    @Test
    void whatWasNotOrderedDoesNotComeBack() {
        assertThat(wish(piece("KETTLE-03", 1), piece("FILTER-04", 5)))
                .isEqualTo(new NotThese(List.of(new NotOrdered(0), new NotSoMany(1, 4))));
    }

    @Test
    void whatARefusedReturnWouldHaveTakenIsThereAgain() {
        Requested first = taken(piece("ESPRESSO-01", 2));

        order.returned(first.accepted().id()).refuse(ReturnRefusal.NOT_REFUNDABLE, LATER);

        taken(piece("ESPRESSO-01", 2));
    }

    @Test
    void whatACompletedReturnHasTakenIsGone() {
        Requested first = taken(piece("ESPRESSO-01", 2));

        order.returned(first.accepted().id()).complete(LATER);

        assertThat(wish(piece("ESPRESSO-01", 1))).isEqualTo(new NotThese(List.of(new NotSoMany(0, 0))));
    }

    @Test
    void morePiecesThanALineOfAMessageHoldsComeBackInTwoReturns() {
        Order huge = place(line("FILTER-04", Quantity.MAX, 1), line("FILTER-04", Quantity.MAX, 1)).order();
        huge.confirm(LATER);
        huge.scanned(Progress.DELIVERED, TRACKING_NUMBER, SCAN, LATER);
        var all = List.of(piece("FILTER-04", Quantity.MAX), piece("FILTER-04", Quantity.MAX));

        assertThat(huge.requestReturn(new ReturnId(Ids.next()), all, WHY, LATER))
                .isEqualTo(new NotThese(List.of(new NotSoMany(1, Quantity.MAX))));
        for (StockLine half : all) {
            assertThat(huge.requestReturn(new ReturnId(Ids.next()), List.of(half), WHY, LATER))
                    .isInstanceOf(Requested.class);
        }
    }

    @Test
    void completedAgainItSaysSoAgainAndNothingChanges() {
        OrderReturn taken = taken(piece("ESPRESSO-01", 1)).accepted();

        assertThat(taken.complete(LATER)).isEqualTo(new ReturnCompleted(order.id(), taken.id()));
        assertThat(taken.complete(MUCH_LATER)).isEqualTo(new ReturnCompleted(order.id(), taken.id()));
        assertThat(taken.updatedAt()).isEqualTo(LATER);
        assertThatIllegalStateException()
                .isThrownBy(() -> taken.refuse(ReturnRefusal.NOT_REFUNDABLE, MUCH_LATER));
        assertThat(taken.status()).isEqualTo(OrderReturn.Status.COMPLETED);
    }

    @Test
    void refusedAgainItSaysSoAgainAndNothingChanges() {
        OrderReturn taken = taken(piece("ESPRESSO-01", 1)).accepted();
        var refused = new ReturnRefused(order.id(), taken.id(), ReturnRefusal.NOT_REFUNDABLE);

        assertThat(taken.refuse(ReturnRefusal.NOT_REFUNDABLE, LATER)).isEqualTo(refused);
        assertThat(taken.refuse(ReturnRefusal.NOT_REFUNDABLE, MUCH_LATER)).isEqualTo(refused);
        assertThat(taken.updatedAt()).isEqualTo(LATER);
        assertThat(taken.refusal()).isEqualTo(ReturnRefusal.NOT_REFUNDABLE);
        assertThatIllegalStateException().isThrownBy(() -> taken.refuse(ReturnRefusal.UNKNOWN, MUCH_LATER));
        assertThatIllegalStateException().isThrownBy(() -> taken.complete(MUCH_LATER));
        assertThat(taken.status()).isEqualTo(OrderReturn.Status.REFUSED);
    }

    @Test
    void returnThatNobodyAskedForIsAnError() {
        assertThatIllegalArgumentException().isThrownBy(() -> order.returned(new ReturnId(Ids.next())))
                .withMessageContaining("has no return");
    }

    @Test
    void nothingComesBackFromAnOrderThatIsNotOut() {
        assertThat(wishOf(pendingOrder())).isEqualTo(new NotNow(OrderStatus.PENDING, false));
        assertThat(wishOf(confirmedOrder())).isEqualTo(new NotNow(OrderStatus.CONFIRMED, false));

        Order early = pendingOrder();
        early.scanned(Progress.HANDED_OVER, TRACKING_NUMBER, SCAN, LATER);
        assertThat(wishOf(early)).isEqualTo(new NotNow(OrderStatus.PENDING, true));

        Order cancelling = confirmedOrder();
        askToCancel(cancelling);
        assertThat(wishOf(cancelling)).isEqualTo(new NotNow(OrderStatus.CANCELLING, false));
        cancelling.cancel(LATER);
        assertThat(wishOf(cancelling)).isEqualTo(new NotNow(OrderStatus.CANCELLED, false));

        Order rejected = pendingOrder();
        rejected.reject(RejectionReason.OUT_OF_STOCK, LATER);
        assertThat(wishOf(rejected)).isEqualTo(new NotNow(OrderStatus.REJECTED, false));
    }

    @Test
    void afterTheCarrierRefusedACancellationPiecesComeBackWithoutAScan() {
        assertThat(wishOf(keptByTheCarrier())).isInstanceOf(Requested.class);
    }

    @Test
    void onceSomethingComesBackTheOrderCannotBeCancelledAnyMore() {
        Order kept = keptByTheCarrier();
        OrderReturn taken = ((Requested) wishOf(kept)).accepted();

        assertThat(kept.requestCancellation(new CancellationId(Ids.next()), WHY, LATER))
                .isEqualTo(new CancellationOutcome.TooLate(OrderStatus.CONFIRMED));
        taken.refuse(ReturnRefusal.NOT_REFUNDABLE, LATER);
        assertThat(kept.requestCancellation(new CancellationId(Ids.next()), WHY, LATER))
                .isInstanceOf(CancellationOutcome.Requested.class);
    }

    private static Order keptByTheCarrier() {
        Order kept = confirmedOrder();
        kept.reinstate(askToCancel(kept), CancellationRefusal.HANDED_OVER, LATER);
        return kept;
    }

    private static ReturnOutcome wishOf(Order order) {
        return order.requestReturn(new ReturnId(Ids.next()), List.of(piece("ESPRESSO-01", 1)), WHY, LATER);
    }

    private Requested taken(StockLine... pieces) {
        ReturnOutcome outcome = wish(pieces);
        assertThat(outcome).isInstanceOf(Requested.class);
        return (Requested) outcome;
    }

    private ReturnOutcome wish(StockLine... pieces) {
        return order.requestReturn(new ReturnId(Ids.next()), List.of(pieces), WHY, LATER);
    }

    private static StockLine piece(String sku, int quantity) {
        return new StockLine(new Sku(sku), Quantity.of(quantity));
    }
}
