package dev.waybill.order.orders;

import dev.waybill.events.OrderEvent.OrderConfirmed;
import dev.waybill.events.OrderEvent.OrderRejected;
import dev.waybill.events.OrderEvent.RejectionReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static dev.waybill.order.orders.OrderFixtures.LATER;
import static dev.waybill.order.orders.OrderFixtures.PLACED_AT;
import static dev.waybill.order.orders.OrderFixtures.pendingOrder;
import static org.assertj.core.api.Assertions.assertThat;

class PendingOrderTest {

    private final Order order = pendingOrder();

    @Test
    void canBeConfirmed() {
        assertThat(order.confirm(LATER)).isEqualTo(new OrderConfirmed(order.id()));

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
        assertThat(order.reason()).isEqualTo(reason);
        assertThat(order.updatedAt()).isEqualTo(LATER);
    }
}
