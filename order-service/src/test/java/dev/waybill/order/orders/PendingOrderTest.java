package dev.waybill.order.orders;

import dev.waybill.events.CancellationId;
import dev.waybill.events.MessageId;
import dev.waybill.events.OrderEvent.CancellationRequested;
import dev.waybill.events.OrderEvent.OrderCancelled;
import dev.waybill.events.OrderEvent.OrderConfirmed;
import dev.waybill.events.OrderEvent.OrderDelivered;
import dev.waybill.events.OrderEvent.OrderRejected;
import dev.waybill.events.OrderEvent.RejectionReason;
import dev.waybill.messaging.Ids;
import dev.waybill.order.orders.CancellationOutcome.TooLate;
import dev.waybill.order.orders.Order.Confirmed;
import dev.waybill.order.orders.Parcel.Progress;
import dev.waybill.order.orders.Scanned.Early;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;

import static dev.waybill.order.orders.OrderFixtures.LATER;
import static dev.waybill.order.orders.OrderFixtures.MUCH_LATER;
import static dev.waybill.order.orders.OrderFixtures.PLACED_AT;
import static dev.waybill.order.orders.OrderFixtures.SCAN;
import static dev.waybill.order.orders.OrderFixtures.STATED_REASON;
import static dev.waybill.order.orders.OrderFixtures.TRACKING_NUMBER;
import static dev.waybill.order.orders.OrderFixtures.pendingOrder;
import static dev.waybill.order.orders.OrderFixtures.shipped;
import static org.assertj.core.api.Assertions.assertThat;

class PendingOrderTest {

    private final Order order = pendingOrder();

    @Test
    void canBeConfirmed() {
        assertThat(order.confirm(LATER)).isEqualTo(new Confirmed(new OrderConfirmed(order.id()), List.of()));

        assertThat(order.status()).isEqualTo(OrderStatus.CONFIRMED);
        assertThat(order.reason()).isNull();
        assertThat(order.placedAt()).isEqualTo(PLACED_AT);
        assertThat(order.updatedAt()).isEqualTo(LATER);
    }

    @ParameterizedTest
    @EnumSource
    void canBeRejectedForAnyReason(RejectionReason reason) {
        assertThat(order.reject(reason, LATER)).isEqualTo(new OrderRejected(order.id(), reason));

        assertThat(order.status()).isEqualTo(OrderStatus.REJECTED);
        assertThat(order.reason()).isEqualTo(reason.name());
        assertThat(order.updatedAt()).isEqualTo(LATER);
    }

    @Test
    void asksWhetherItCanBeCancelled() {
        var id = new CancellationId(Ids.next());

        assertThat(order.requestCancellation(id, STATED_REASON, LATER)).isEqualTo(
                new CancellationOutcome.Requested(new CancellationRequested(order.id(), id, STATED_REASON)));

        assertThat(order.status()).isEqualTo(OrderStatus.CANCELLING);
        assertThat(order.reason()).isNull();
        assertThat(order.updatedAt()).isEqualTo(LATER);
    }

    @Test
    void isCancelledThoughNobodyAskedWhenItsFulfillmentWasTurnedBack() {
        assertThat(order.cancel(LATER)).isEqualTo(new OrderCancelled(order.id()));

        assertThat(order.status()).isEqualTo(OrderStatus.CANCELLED);
        assertThat(order.reason()).isEqualTo("Cancelled by the merchant");
    }

    @Test
    void keepsAnEarlyHandOverForTheConfirmation() {
        assertThat(order.scanned(Progress.HANDED_OVER, TRACKING_NUMBER, SCAN, LATER)).isEqualTo(new Early());
        assertThat(order.status()).isEqualTo(OrderStatus.PENDING);

        assertThat(order.confirm(MUCH_LATER))
                .isEqualTo(new Confirmed(new OrderConfirmed(order.id()), List.of(shipped(order))));
        assertThat(order.status()).isEqualTo(OrderStatus.SHIPPED);
        assertThat(order.confirm(MUCH_LATER).waited()).isEmpty();
    }

    @Test
    void keepsAnEarlyDeliveryForTheConfirmationAndWhatEachIsSaidBecauseOf() {
        MessageId delivery = Ids.nextMessageId();
        order.scanned(Progress.HANDED_OVER, TRACKING_NUMBER, SCAN, LATER);
        order.scanned(Progress.DELIVERED, TRACKING_NUMBER, delivery, LATER);

        assertThat(order.confirm(LATER).waited())
                .containsExactly(shipped(order), new ParcelNews(new OrderDelivered(order.id()), delivery));
        assertThat(order.status()).isEqualTo(OrderStatus.DELIVERED);
    }

    @Test
    void cannotBeCancelledOnceItsParcelIsKnownToBeOut() {
        order.scanned(Progress.HANDED_OVER, TRACKING_NUMBER, SCAN, LATER);

        assertThat(order.requestCancellation(new CancellationId(Ids.next()), STATED_REASON, LATER))
                .isEqualTo(new TooLate(OrderStatus.PENDING));
        assertThat(order.status()).isEqualTo(OrderStatus.PENDING);
    }

    @Test
    void rejectedWhileItsParcelIsOutItIsContradicted() {
        order.scanned(Progress.HANDED_OVER, TRACKING_NUMBER, SCAN, LATER);
        assertThat(order.isContradictedByItsParcel()).isFalse();

        order.reject(RejectionReason.TIMED_OUT, LATER);

        assertThat(order.isContradictedByItsParcel()).isTrue();
    }
}
