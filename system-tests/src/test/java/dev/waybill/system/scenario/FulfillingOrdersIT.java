package dev.waybill.system.scenario;

import dev.waybill.system.driver.PlacedOrder;
import dev.waybill.system.driver.PlatformTest;
import dev.waybill.system.driver.Waybill;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** One order at a time: how it ends, and what everybody's books say about it. */
@PlatformTest
@Order(1)
class FulfillingOrdersIT {

    private final Waybill waybill;

    FulfillingOrdersIT(Waybill waybill) {
        this.waybill = waybill;
    }

    @AfterEach
    void everyInvariantHolds() {
        waybill.auditIsGreen();
    }

    @Test
    void aGoodOrderIsChargedOnceAndShipped() {
        int before = waybill.available("ESPRESSO-01");

        PlacedOrder order = waybill.order("ESPRESSO-01", 2).paidBy("pm_card_visa").to("DE").place();

        assertThat(order.end()).hasToString("CONFIRMED");
        assertThat(waybill.gatewayBooks(order)).containsExactly("AUTHORIZE", "CAPTURE");
        // Commanded together with the confirmation: it may come after it.
        await().untilAsserted(() -> assertThat(waybill.carrierBooks(order)).containsExactly("DISPATCHED"));
        assertThat(waybill.available("ESPRESSO-01")).isEqualTo(before - 2);
    }

    @Test
    void aDeclinedCardGivesTheStockBack() {
        int before = waybill.available("GRINDER-02");

        PlacedOrder order = waybill.order("GRINDER-02", 3).paidBy("pm_card_declined").place();

        assertThat(order.end()).hasToString("REJECTED PAYMENT_DECLINED");
        assertThat(waybill.gatewayBooks(order)).isEmpty();
        assertThat(waybill.carrierBooks(order)).isEmpty();
        assertThat(waybill.reservation(order)).isEqualTo("RELEASED");
        assertThat(waybill.available("GRINDER-02")).isEqualTo(before);
    }

    @Test
    void moreThanThereIsIsOutOfStock() {
        int before = waybill.available("LIMITED-05");

        PlacedOrder order = waybill.order("LIMITED-05", 2).place();

        assertThat(order.end()).hasToString("REJECTED OUT_OF_STOCK");
        assertThat(waybill.gatewayBooks(order)).isEmpty();
        assertThat(waybill.reservation(order)).isEqualTo("REFUSED");
        assertThat(waybill.available("LIMITED-05")).isEqualTo(before).isEqualTo(1);
    }

    @Test
    void aRefusedShipmentLetsGoOfMoneyAndStock() {
        int before = waybill.available("ESPRESSO-01");

        PlacedOrder order = waybill.order("ESPRESSO-01", 1).to("XX").place();

        assertThat(order.end()).hasToString("REJECTED SHIPMENT_REFUSED");
        assertThat(waybill.gatewayBooks(order)).containsExactly("AUTHORIZE", "VOID");
        assertThat(waybill.payment(order)).isEqualTo("VOIDED");
        assertThat(waybill.carrierBooks(order)).isEmpty();
        assertThat(waybill.available("ESPRESSO-01")).isEqualTo(before);
    }

    @Test
    void aChargeWhoseAnswerWasLostIsNotLeftInTheDark() {
        PlacedOrder order = waybill.order("FILTER-04", 1).paidBy("pm_card_unknown_outcome").place();
        await().untilAsserted(() -> assertThat(waybill.payment(order)).as("it is said that nobody knows")
                .isEqualTo("UNKNOWN"));

        List<String> books = order.endWithin(Duration.ofSeconds(90)).isRejected()
                ? List.of("AUTHORIZE", "VOID")
                : List.of("AUTHORIZE", "CAPTURE");
        assertThat(waybill.gatewayBooks(order)).isEqualTo(books);
    }

    @Test
    void theSameSkuMayStandThereTwice() {
        int before = waybill.available("FILTER-04");

        PlacedOrder order = waybill.order("FILTER-04", 2).and("GRINDER-02", 1).and("FILTER-04", 3).place();

        assertThat(order.end()).hasToString("CONFIRMED");
        assertThat(waybill.available("FILTER-04")).isEqualTo(before - 5);
    }

    @Test
    void theSameSkuTwiceIsShortWhenItsSumIs() {
        int grinders = waybill.available("GRINDER-02");

        PlacedOrder order = waybill.order("LIMITED-05", 1).and("GRINDER-02", 1).and("LIMITED-05", 1).place();

        assertThat(order.end()).hasToString("REJECTED OUT_OF_STOCK");
        assertThat(waybill.available("GRINDER-02")).isEqualTo(grinders);
    }
}
