package dev.waybill.simulators.carrier;

import dev.waybill.simulators.carrier.CarrierEntry.AlreadyThere;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CancellingAShipmentTest extends CarrierScenario {

    @Test
    void bookedOneIsCancelled() {
        String trackingNumber = booked();

        assertMoved(cancel(trackingNumber), ShipmentStatus.CANCELLED);
        assertHistory(trackingNumber, ShipmentStatus.BOOKED, ShipmentStatus.CANCELLED);
    }

    @Test
    void dispatchedOneIsCancelledAsLongAsItIsStillThere() {
        assertMoved(cancel(dispatched()), ShipmentStatus.CANCELLED);
    }

    @Test
    void cancelledTwiceHappensOnce() {
        String trackingNumber = booked();
        cancel(trackingNumber);

        assertThat(cancel(trackingNumber)).isInstanceOf(AlreadyThere.class);
        assertHistory(trackingNumber, ShipmentStatus.BOOKED, ShipmentStatus.CANCELLED);
    }

    @ParameterizedTest
    @EnumSource(names = {"HANDED_OVER", "IN_TRANSIT", "DELIVERED"})
    void oneThatHasLeftIsRefused(ShipmentStatus status) {
        String trackingNumber = dispatched();
        scan(trackingNumber, status);

        assertRefused(cancel(trackingNumber), Refusal.ALREADY_HANDED_OVER);
    }

    @Test
    void unwillingCarrierRefusesAndKeepsIt() {
        String trackingNumber = booked();

        assertRefused(
                applied(ledger.cancel(request(), trackingNumber, () -> true)),
                Refusal.ALREADY_HANDED_OVER);
        assertHistory(trackingNumber, ShipmentStatus.BOOKED);
    }

    @Test
    void unknownShipmentIsNoAnswer() {
        assertThatThrownBy(() -> cancel("SP0")).hasMessage("There is no such shipment");
    }
}
