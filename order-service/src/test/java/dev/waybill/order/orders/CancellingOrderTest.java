package dev.waybill.order.orders;

import dev.waybill.events.CancellationId;
import dev.waybill.events.OrderEvent.CancellationRefusal;
import dev.waybill.events.OrderEvent.OrderCancelled;
import dev.waybill.events.OrderEvent.OrderConfirmed;
import dev.waybill.events.OrderEvent.OrderReinstated;
import dev.waybill.events.OrderEvent.RejectionReason;
import dev.waybill.messaging.Ids;
import dev.waybill.order.orders.CancellationOutcome.UnderWay;
import dev.waybill.order.orders.Parcel.Progress;
import dev.waybill.order.orders.Scanned.Contradicting;
import dev.waybill.order.orders.Scanned.Early;
import dev.waybill.order.orders.Scanned.Said;
import org.junit.jupiter.api.Test;

import java.util.List;

import static dev.waybill.order.orders.OrderFixtures.LATER;
import static dev.waybill.order.orders.OrderFixtures.MUCH_LATER;
import static dev.waybill.order.orders.OrderFixtures.SCAN;
import static dev.waybill.order.orders.OrderFixtures.STATED_REASON;
import static dev.waybill.order.orders.OrderFixtures.TRACKING_NUMBER;
import static dev.waybill.order.orders.OrderFixtures.askToCancel;
import static dev.waybill.order.orders.OrderFixtures.confirmedOrder;
import static dev.waybill.order.orders.OrderFixtures.delivered;
import static dev.waybill.order.orders.OrderFixtures.pendingOrder;
import static dev.waybill.order.orders.OrderFixtures.shipped;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class CancellingOrderTest {

    private final Order order = pendingOrder();
    private final CancellationId cancellation = askToCancel(order);

    @Test
    void askedForAgainItIsOneCancellation() {
        assertThat(order.requestCancellation(new CancellationId(Ids.next()), "No, really", MUCH_LATER))
                .isEqualTo(new UnderWay());

        assertThat(order.updatedAt()).isEqualTo(LATER);
        order.cancel(MUCH_LATER);
        assertThat(order.reason()).isEqualTo(STATED_REASON);
    }

    @Test
    void isCancelledForTheReasonThatWasStated() {
        assertThat(order.cancel(MUCH_LATER)).isEqualTo(new OrderCancelled(order.id()));

        assertThat(order.status()).isEqualTo(OrderStatus.CANCELLED);
        assertThat(order.reason()).isEqualTo(STATED_REASON);
        assertThat(order.updatedAt()).isEqualTo(MUCH_LATER);
    }

    @Test
    void isRejectedWhenTheFulfillmentFailedByItself() {
        order.reject(RejectionReason.OUT_OF_STOCK, MUCH_LATER);

        assertThat(order.status()).isEqualTo(OrderStatus.REJECTED);
        assertThat(order.reason()).isEqualTo("OUT_OF_STOCK");
        assertThatIllegalStateException().isThrownBy(() -> order.cancel(MUCH_LATER));
    }

    @Test
    void confirmedMeanwhileItStaysUndecidedAndRemembersIt() {
        assertThat(order.confirm(MUCH_LATER).answer()).isEqualTo(new OrderConfirmed(order.id()));
        assertThat(order.status()).isEqualTo(OrderStatus.CANCELLING);
        assertThatIllegalStateException().isThrownBy(() -> order.reject(RejectionReason.TIMED_OUT, MUCH_LATER));

        order.reinstate(cancellation, CancellationRefusal.HANDED_OVER, MUCH_LATER);

        assertThat(order.status()).isEqualTo(OrderStatus.CONFIRMED);
    }

    @Test
    void reinstatedItIsWhatItWas() {
        assertThat(order.reinstate(cancellation, CancellationRefusal.HANDED_OVER, MUCH_LATER)).isEqualTo(
                new OrderReinstated(order.id(), cancellation, CancellationRefusal.HANDED_OVER));

        assertThat(order.status()).isEqualTo(OrderStatus.PENDING);
        assertThat(order.reason()).isNull();
        assertThat(order.updatedAt()).isEqualTo(MUCH_LATER);
    }

    @Test
    void ofAConfirmedOrderAScanIsSaidAndTakesEffectWhenItIsReinstated() {
        Order confirmed = confirmedOrder();
        CancellationId refused = askToCancel(confirmed);

        assertThat(confirmed.scanned(Progress.HANDED_OVER, TRACKING_NUMBER, SCAN, MUCH_LATER))
                .isEqualTo(new Said(List.of(shipped(confirmed))));
        assertThat(confirmed.status()).isEqualTo(OrderStatus.CANCELLING);

        confirmed.reinstate(refused, CancellationRefusal.HANDED_OVER, MUCH_LATER);
        assertThat(confirmed.status()).isEqualTo(OrderStatus.SHIPPED);
    }

    @Test
    void ofAnUnconfirmedOrderAScanWaitsForTheConfirmationAlone() {
        assertThat(order.scanned(Progress.DELIVERED, TRACKING_NUMBER, SCAN, LATER)).isEqualTo(new Early());

        assertThat(order.confirm(MUCH_LATER).waited()).containsExactly(shipped(order), delivered(order));
        assertThat(order.status()).isEqualTo(OrderStatus.CANCELLING);
        order.reinstate(cancellation, CancellationRefusal.HANDED_OVER, MUCH_LATER);
        assertThat(order.status()).isEqualTo(OrderStatus.DELIVERED);
    }

    @Test
    void afterOneThatWasRefusedAnotherCanBeAskedFor() {
        order.reinstate(cancellation, CancellationRefusal.HANDED_OVER, LATER);
        CancellationId second = askToCancel(order);
        assertThat(order.status()).isEqualTo(OrderStatus.CANCELLING);

        assertThat(order.reinstate(cancellation, CancellationRefusal.HANDED_OVER, MUCH_LATER))
                .as("the older one is answered again, and nothing comes of it").isEqualTo(
                        new OrderReinstated(order.id(), cancellation, CancellationRefusal.HANDED_OVER));
        assertThat(order.status()).isEqualTo(OrderStatus.CANCELLING);
        assertThat(order.updatedAt()).isEqualTo(LATER);

        order.reinstate(second, CancellationRefusal.HANDED_OVER, MUCH_LATER);
        assertThat(order.status()).isEqualTo(OrderStatus.PENDING);
        order.reinstate(cancellation, CancellationRefusal.HANDED_OVER, MUCH_LATER);
        order.reinstate(second, CancellationRefusal.HANDED_OVER, MUCH_LATER);
        assertThat(order.status()).isEqualTo(OrderStatus.PENDING);
    }

    @Test
    void reinstatedAndThenTurnedBackByAnOperatorNobodyStatedAReason() {
        order.reinstate(cancellation, CancellationRefusal.HANDED_OVER, LATER);

        order.cancel(MUCH_LATER);

        assertThat(order.reason()).isEqualTo(Order.NOBODY_STATED_A_REASON);
    }

    @Test
    void cannotBeReinstatedFromACancellationThatNobodyAskedFor() {
        assertThatIllegalStateException().isThrownBy(
                () -> order.reinstate(new CancellationId(Ids.next()), CancellationRefusal.HANDED_OVER, MUCH_LATER));
        assertThat(order.status()).isEqualTo(OrderStatus.CANCELLING);
    }

    @Test
    void cancelledWhatWasConfirmedBeforeIsAnsweredAgain() {
        order.confirm(LATER);
        order.cancel(LATER);

        assertThat(order.confirm(MUCH_LATER).answer()).isEqualTo(new OrderConfirmed(order.id()));
        assertThat(order.status()).isEqualTo(OrderStatus.CANCELLED);
        assertThat(order.updatedAt()).isEqualTo(LATER);
    }

    @Test
    void cancelledThoughItsParcelLeftMeanwhileItIsContradicted() {
        order.confirm(LATER);
        order.scanned(Progress.HANDED_OVER, TRACKING_NUMBER, SCAN, LATER);

        order.cancel(MUCH_LATER);

        assertThat(order.status()).isEqualTo(OrderStatus.CANCELLED);
        assertThat(order.isContradictedByItsParcel()).isTrue();
    }

    @Test
    void scannedAfterItWasCancelledItIsContradictedOnce() {
        order.cancel(LATER);

        assertThat(order.scanned(Progress.HANDED_OVER, TRACKING_NUMBER, SCAN, MUCH_LATER))
                .isEqualTo(new Contradicting());
        assertThat(order.scanned(Progress.HANDED_OVER, TRACKING_NUMBER, SCAN, MUCH_LATER))
                .isEqualTo(new Scanned.Duplicate());
        assertThat(order.status()).isEqualTo(OrderStatus.CANCELLED);
        assertThat(order.updatedAt()).isEqualTo(LATER);
    }
}
