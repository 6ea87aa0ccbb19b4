package dev.waybill.simulators.carrier;

import dev.waybill.simulators.RunningSimulators.Answer;
import dev.waybill.simulators.SharedSimulators;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import java.net.URI;

import static org.assertj.core.api.Assertions.assertThat;

class CarrierOverHttpTest extends SharedSimulators {

    @Test
    void parcelGoesItsWay() {
        Answer booked = SIMULATORS.book(key(), orderId, "DE");
        String trackingNumber = booked.at("/trackingNumber");
        Answer dispatched = SIMULATORS.ship(key(), trackingNumber, "dispatch");

        assertThat(booked.status()).isEqualTo(201);
        assertThat(booked.at("/carrier")).isEqualTo("Swift Parcel");
        assertThat(booked.at("/status")).isEqualTo("BOOKED");
        assertThat(dispatched.status()).isEqualTo(201);
        assertThat(dispatched.at("/trackingNumber")).isEqualTo(trackingNumber);
        assertThat(dispatched.at("/status")).isEqualTo("DISPATCHED");
        assertThat(SIMULATORS.scan(trackingNumber, "HANDED_OVER").status()).isEqualTo(202);
        assertThat(SIMULATORS.scan(trackingNumber, "IN_TRANSIT").status()).isEqualTo(202);
        assertThat(SIMULATORS.scan(trackingNumber, "DELIVERED").status()).isEqualTo(202);

        JsonNode shipment = SIMULATORS.get("/carrier/shipments?orderId=" + orderId).items().getFirst();
        assertThat(shipment.propertyNames())
                .containsExactly("trackingNumber", "orderId", "status", "country", "bookedAt", "history");
        assertThat(shipment.at("/status").asString()).isEqualTo("DELIVERED");
        assertThat(shipment.at("/country").asString()).isEqualTo("DE");
        assertThat(SIMULATORS.history(orderId))
                .containsExactly("BOOKED", "DISPATCHED", "HANDED_OVER", "IN_TRANSIT", "DELIVERED");
        assertThat(SIMULATORS.get("/carrier/shipments").items()).contains(shipment);
    }

    @Test
    void labelIsPrintedAtDispatchAndItsAddressResolves() {
        String trackingNumber = SIMULATORS.book(key(), orderId, "DE").at("/trackingNumber");
        Answer tooEarly = SIMULATORS.get("/carrier/labels/" + trackingNumber);

        URI label = URI.create(SIMULATORS.ship(key(), trackingNumber, "dispatch").at("/labelUrl"));

        assertThat(tooEarly.status()).isEqualTo(404);
        assertThat(label.getAuthority()).isEqualTo(SIMULATORS.base().getAuthority());
        assertThat(SIMULATORS.get(label.getPath())).satisfies(printed -> {
            assertThat(printed.status()).isEqualTo(200);
            assertThat(printed.contentType()).startsWith("text/plain");
            assertThat(printed.text()).contains(trackingNumber, orderId, "Swift Parcel");
        });
    }

    @Test
    void countryThatIsNotServedIsRefusedForGood() {
        String key = key();
        Answer refused = SIMULATORS.book(key, orderId, "XX");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.contentType()).isEqualTo("application/problem+json");
        assertThat(refused.at("/code")).isEqualTo("ADDRESS_NOT_SERVED");
        assertThat(SIMULATORS.book(key, orderId, "XX").text()).isEqualTo(refused.text());
        assertThat(SIMULATORS.history(orderId)).isEmpty();
    }

    @Test
    void bookedTwiceWithOneKeyIsOneParcel() {
        String key = key();
        Answer first = SIMULATORS.book(key, orderId, "DE");

        assertThat(SIMULATORS.book(key, orderId, "DE").text()).isEqualTo(first.text());
        assertThat(SIMULATORS.book(key, orderId, "FR").at("/code")).isEqualTo("IDEMPOTENCY_KEY_REUSED");
        assertThat(SIMULATORS.history(orderId)).containsExactly("BOOKED");
    }

    @Test
    void dispatchedTwiceIsAnsweredTwiceAndDoneOnce() {
        String trackingNumber = SIMULATORS.book(key(), orderId, "DE").at("/trackingNumber");
        Answer first = SIMULATORS.ship(key(), trackingNumber, "dispatch");
        Answer second = SIMULATORS.ship(key(), trackingNumber, "dispatch");

        assertThat(second.status()).isEqualTo(201);
        assertThat(second.text()).isEqualTo(first.text());
        assertThat(SIMULATORS.history(orderId)).containsExactly("BOOKED", "DISPATCHED");
    }

    @Test
    void cancelledParcelDoesNotLeave() {
        String trackingNumber = SIMULATORS.book(key(), orderId, "DE").at("/trackingNumber");
        Answer cancelled = SIMULATORS.ship(key(), trackingNumber, "cancellation");
        Answer dispatched = SIMULATORS.ship(key(), trackingNumber, "dispatch");

        assertThat(cancelled.status()).isEqualTo(201);
        assertThat(cancelled.at("/status")).isEqualTo("CANCELLED");
        assertThat(dispatched.status()).isEqualTo(409);
        assertThat(dispatched.at("/code")).isEqualTo("CANCELLED");
    }

    @Test
    void parcelThatHasLeftIsNotCancelled() {
        String trackingNumber = SIMULATORS.book(key(), orderId, "DE").at("/trackingNumber");
        SIMULATORS.ship(key(), trackingNumber, "dispatch");
        SIMULATORS.scan(trackingNumber, "HANDED_OVER");

        Answer cancelled = SIMULATORS.ship(key(), trackingNumber, "cancellation");

        assertThat(cancelled.status()).isEqualTo(409);
        assertThat(cancelled.at("/code")).isEqualTo("ALREADY_HANDED_OVER");
    }

    @ParameterizedTest
    @ValueSource(strings = {"BOOKED", "DISPATCHED", "CANCELLED", "LOST"})
    void driverScansOnlyWhatADriverSees(String status) {
        String trackingNumber = SIMULATORS.book(key(), orderId, "DE").at("/trackingNumber");
        SIMULATORS.ship(key(), trackingNumber, "dispatch");

        assertThat(SIMULATORS.scan(trackingNumber, status).status()).isEqualTo(400);
        assertThat(SIMULATORS.history(orderId)).containsExactly("BOOKED", "DISPATCHED");
    }

    @Test
    void parcelThatWasNotDispatchedIsNotScanned() {
        String trackingNumber = SIMULATORS.book(key(), orderId, "DE").at("/trackingNumber");

        assertThat(SIMULATORS.scan(trackingNumber, "HANDED_OVER").at("/code")).isEqualTo("NOT_DISPATCHED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dispatch", "cancellation"})
    void unknownParcelIsNotFound(String what) {
        assertThat(SIMULATORS.ship(key(), "SP0", what).status()).isEqualTo(404);
        assertThat(SIMULATORS.scan("SP0", "DELIVERED").status()).isEqualTo(404);
        assertThat(SIMULATORS.get("/carrier/labels/SP0").status()).isEqualTo(404);
    }
}
