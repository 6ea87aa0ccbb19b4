package dev.waybill.simulators.carrier;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BookingAShipmentTest extends CarrierScenario {

    @Test
    void bookedShipmentStaysWhereItIs() {
        String trackingNumber = booked();

        assertThat(shipment(trackingNumber)).satisfies(shipment -> {
            assertThat(shipment.status()).isEqualTo(ShipmentStatus.BOOKED);
            assertThat(shipment.orderId()).isEqualTo("order-1");
            assertThat(shipment.country()).isEqualTo("DE");
            assertThat(shipment.bookedAt()).isEqualTo(clock.instant());
        });
        assertHistory(trackingNumber, ShipmentStatus.BOOKED);
    }

    @Test
    void countryThatIsNotServedIsRefused() {
        assertRefused(book("XX", false), Refusal.ADDRESS_NOT_SERVED);
        assertThat(book).extracting(CarrierEntry::subject).containsOnlyNulls();
    }

    @Test
    void unwillingCarrierRefusesAnyAddress() {
        assertRefused(book("DE", true), Refusal.ADDRESS_NOT_SERVED);
    }

    @Test
    void everyShipmentHasATrackingNumberOfItsOwn() {
        assertThat(booked()).isNotEqualTo(booked());
    }
}
