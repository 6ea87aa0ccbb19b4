package dev.waybill.order.orders;

import dev.waybill.events.OrderEvent.OrderConfirmed;
import dev.waybill.events.OrderEvent.OrderRejected;
import dev.waybill.events.OrderEvent.RejectionReason;
import org.junit.jupiter.api.Test;

import static dev.waybill.order.orders.OrderFixtures.LATER;
import static dev.waybill.order.orders.OrderFixtures.pendingOrder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class SettledOrderTest {

    private final Order order = pendingOrder();

    @Test
    void confirmedAgainItSaysSoAgainAndNothingChanges() {
        order.confirm(LATER);

        assertThat(order.confirm(LATER.plusSeconds(60)).answer()).isEqualTo(new OrderConfirmed(order.id()));
        assertThat(order.updatedAt()).isEqualTo(LATER);
    }

    @Test
    void rejectedAgainItSaysSoAgainAndNothingChanges() {
        order.reject(RejectionReason.OUT_OF_STOCK, LATER);

        assertThat(order.reject(RejectionReason.OUT_OF_STOCK, LATER.plusSeconds(60)))
                .isEqualTo(new OrderRejected(order.id(), RejectionReason.OUT_OF_STOCK));
        assertThat(order.updatedAt()).isEqualTo(LATER);
    }

    @Test
    void confirmedItCannotBeRejected() {
        order.confirm(LATER);

        assertThatIllegalStateException().isThrownBy(() -> order.reject(RejectionReason.TIMED_OUT, LATER));
        assertThat(order.status()).isEqualTo(OrderStatus.CONFIRMED);
        assertThat(order.reason()).isNull();
    }

    @Test
    void rejectedItCannotBeConfirmed() {
        order.reject(RejectionReason.OUT_OF_STOCK, LATER);

        assertThatIllegalStateException().isThrownBy(() -> order.confirm(LATER));
        assertThat(order.status()).isEqualTo(OrderStatus.REJECTED);
    }

    @Test
    void rejectedItKeepsItsReason() {
        order.reject(RejectionReason.OUT_OF_STOCK, LATER);

        assertThatIllegalStateException()
                .isThrownBy(() -> order.reject(RejectionReason.PAYMENT_DECLINED, LATER));
        assertThat(order.reason()).isEqualTo("OUT_OF_STOCK");
    }
}
