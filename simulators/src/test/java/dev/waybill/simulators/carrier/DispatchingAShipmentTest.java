package dev.waybill.simulators.carrier;

import dev.waybill.simulators.carrier.CarrierEntry.AlreadyThere;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DispatchingAShipmentTest extends CarrierScenario {

    @Test
    void bookedShipmentIsDispatched() {
        String trackingNumber = booked();

        assertMoved(dispatch(trackingNumber), ShipmentStatus.DISPATCHED);
        assertHistory(trackingNumber, ShipmentStatus.BOOKED, ShipmentStatus.DISPATCHED);
    }

    @Test
    void dispatchedTwiceHappensOnce() {
        String trackingNumber = dispatched();

        assertThat(dispatch(trackingNumber)).isInstanceOf(AlreadyThere.class);
        assertHistory(trackingNumber, ShipmentStatus.BOOKED, ShipmentStatus.DISPATCHED);
    }

    @ParameterizedTest
    @EnumSource(names = {"HANDED_OVER", "IN_TRANSIT", "DELIVERED"})
    void shipmentThatHasLeftHasBeenDispatched(ShipmentStatus status) {
        String trackingNumber = dispatched();
        scan(trackingNumber, status);

        assertThat(dispatch(trackingNumber)).isInstanceOfSatisfying(
                AlreadyThere.class,
                already -> assertThat(already.status()).isEqualTo(ShipmentStatus.DISPATCHED));
    }

    @Test
    void cancelledShipmentIsRefused() {
        String trackingNumber = booked();
        cancel(trackingNumber);

        assertRefused(dispatch(trackingNumber), Refusal.CANCELLED);
    }

    @Test
    void unknownShipmentIsNoAnswer() {
        assertThatThrownBy(() -> dispatch("SP0")).hasMessage("There is no such shipment");
    }
}
