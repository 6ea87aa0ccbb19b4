package dev.waybill.order.orders;

import dev.waybill.events.Money;
import org.junit.jupiter.api.Test;

import static dev.waybill.order.orders.OrderFixtures.PLACED_AT;
import static dev.waybill.order.orders.OrderFixtures.line;
import static dev.waybill.order.orders.OrderFixtures.place;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PlacedOrderTest {

    @Test
    void orderIsPendingAndSaysWhatWasOrdered() {
        var placed = place(line("ESPRESSO-01", 2, 12999), line("FILTER-04", 3, 690));

        assertThat(placed.order().status()).isEqualTo(OrderStatus.PENDING);
        assertThat(placed.order().reason()).isNull();
        assertThat(placed.order().placedAt()).isEqualTo(PLACED_AT);
        assertThat(placed.order().subject()).isEqualTo("order/" + placed.order().id());
        assertThat(placed.event().orderId()).isEqualTo(placed.order().id());
        assertThat(placed.event().lines()).isEqualTo(placed.order().lines());
        assertThat(placed.event().contactEmail()).isEqualTo("alice@example.com");
        assertThat(placed.event().shippingAddress()).isEqualTo(placed.order().shippingAddress());
    }

    @Test
    void totalIsTheSumOfTheLines() {
        var placed = place(line("ESPRESSO-01", 2, 12999), line("FILTER-04", 3, 690));

        assertThat(placed.order().total()).isEqualTo(Money.of(28068, "EUR"));
        assertThat(placed.event().total()).isEqualTo(placed.order().total());
    }

    @Test
    void sameSkuMayStandThereTwiceAndStaysTwoLines() {
        var placed = place(line("FILTER-04", 1, 690), line("FILTER-04", 2, 690));

        assertThat(placed.order().lines()).containsExactly(line("FILTER-04", 1, 690), line("FILTER-04", 2, 690));
        assertThat(placed.order().total()).isEqualTo(Money.of(2070, "EUR"));
    }

    @Test
    void nothingIsNoOrder() {
        assertThatIllegalArgumentException().isThrownBy(() -> place());
    }

    @Test
    void totalThatDoesNotFitIsNoOrder() {
        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> place(line("A", 1, Long.MAX_VALUE), line("B", 1, 1)));
    }
}
