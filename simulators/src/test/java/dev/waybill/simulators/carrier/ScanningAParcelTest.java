package dev.waybill.simulators.carrier;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ScanningAParcelTest extends CarrierScenario {

    @Test
    void parcelGoesItsWay() {
        String trackingNumber = dispatched();

        scan(trackingNumber, ShipmentStatus.HANDED_OVER);
        scan(trackingNumber, ShipmentStatus.IN_TRANSIT);
        scan(trackingNumber, ShipmentStatus.DELIVERED);

        assertThat(shipment(trackingNumber).status()).isEqualTo(ShipmentStatus.DELIVERED);
    }

    @Test
    void lateAndDuplicateScansAreRecordedAndChangeNothing() {
        String trackingNumber = dispatched();

        scan(trackingNumber, ShipmentStatus.DELIVERED);
        scan(trackingNumber, ShipmentStatus.HANDED_OVER);
        scan(trackingNumber, ShipmentStatus.HANDED_OVER);

        assertThat(shipment(trackingNumber).status()).isEqualTo(ShipmentStatus.DELIVERED);
        assertHistory(
                trackingNumber,
                ShipmentStatus.BOOKED,
                ShipmentStatus.DISPATCHED,
                ShipmentStatus.DELIVERED,
                ShipmentStatus.HANDED_OVER,
                ShipmentStatus.HANDED_OVER);
    }

    @Test
    void parcelThatWasNotDispatchedCannotBeScanned() {
        String trackingNumber = booked();

        assertThatThrownBy(() -> scan(trackingNumber, ShipmentStatus.HANDED_OVER))
                .hasMessageContaining("not been dispatched");
    }

    @Test
    void cancelledParcelCannotBeScanned() {
        String trackingNumber = dispatched();
        cancel(trackingNumber);

        assertThatThrownBy(() -> scan(trackingNumber, ShipmentStatus.HANDED_OVER))
                .hasMessageContaining("cancelled");
    }
}
