package dev.waybill.order.orders;

import dev.waybill.events.CancellationId;
import dev.waybill.messaging.Ids;
import dev.waybill.order.orders.CancellationOutcome.TooLate;
import dev.waybill.order.orders.Parcel.Progress;
import dev.waybill.order.orders.Scanned.Duplicate;
import dev.waybill.order.orders.Scanned.Said;
import org.junit.jupiter.api.Test;

import java.util.List;

import static dev.waybill.order.orders.OrderFixtures.LATER;
import static dev.waybill.order.orders.OrderFixtures.MUCH_LATER;
import static dev.waybill.order.orders.OrderFixtures.SCAN;
import static dev.waybill.order.orders.OrderFixtures.STATED_REASON;
import static dev.waybill.order.orders.OrderFixtures.TRACKING_NUMBER;
import static dev.waybill.order.orders.OrderFixtures.confirmedOrder;
import static dev.waybill.order.orders.OrderFixtures.delivered;
import static dev.waybill.order.orders.OrderFixtures.deliveredOrder;
import static dev.waybill.order.orders.OrderFixtures.shipped;
import static dev.waybill.order.orders.OrderFixtures.shippedOrder;
import static org.assertj.core.api.Assertions.assertThat;

class ShippedOrderTest {

    @Test
    void carrierSScansAreTheOrderSWay() {
        Order order = confirmedOrder();

        assertThat(order.scanned(Progress.HANDED_OVER, TRACKING_NUMBER, SCAN, MUCH_LATER))
                .isEqualTo(new Said(List.of(shipped(order))));
        assertThat(order.status()).isEqualTo(OrderStatus.SHIPPED);
        assertThat(order.updatedAt()).isEqualTo(MUCH_LATER);

        assertThat(order.scanned(Progress.DELIVERED, TRACKING_NUMBER, SCAN, MUCH_LATER))
                .isEqualTo(new Said(List.of(delivered(order))));
        assertThat(order.status()).isEqualTo(OrderStatus.DELIVERED);
    }

    @Test
    void deliveryThatComesBeforeTheHandOverImpliesIt() {
        Order order = confirmedOrder();

        assertThat(order.scanned(Progress.DELIVERED, TRACKING_NUMBER, SCAN, LATER)).isEqualTo(
                new Said(List.of(shipped(order), delivered(order))));
        assertThat(order.scanned(Progress.HANDED_OVER, TRACKING_NUMBER, SCAN, MUCH_LATER)).isEqualTo(new Duplicate());
        assertThat(order.status()).isEqualTo(OrderStatus.DELIVERED);
        assertThat(order.updatedAt()).isEqualTo(LATER);
    }

    @Test
    void sameScanTwiceChangesNothing() {
        Order order = shippedOrder();

        assertThat(order.scanned(Progress.HANDED_OVER, "ANOTHER-2", SCAN, MUCH_LATER)).isEqualTo(new Duplicate());
        assertThat(order.updatedAt()).isEqualTo(LATER);
        assertThat(order.scanned(Progress.DELIVERED, TRACKING_NUMBER, SCAN, LATER)).isInstanceOf(Said.class);
        assertThat(order.scanned(Progress.DELIVERED, TRACKING_NUMBER, SCAN, MUCH_LATER)).isEqualTo(new Duplicate());
        assertThat(order.updatedAt()).isEqualTo(LATER);
    }

    @Test
    void canNotBeCancelledAnyMore() {
        for (Order order : List.of(shippedOrder(), deliveredOrder())) {
            OrderStatus before = order.status();

            assertThat(order.requestCancellation(new CancellationId(Ids.next()), STATED_REASON, MUCH_LATER))
                    .isEqualTo(new TooLate(before));
            assertThat(order.status()).isEqualTo(before);
            assertThat(order.updatedAt()).isEqualTo(LATER);
        }
    }
}
