package dev.waybill.shipping.shipments;

import dev.waybill.events.Address;
import dev.waybill.events.OrderId;
import dev.waybill.events.Quantity;
import dev.waybill.events.ShippingCommand.BookShipment;
import dev.waybill.events.ShippingEvent.CancellationRefused;
import dev.waybill.events.ShippingEvent.ShipmentBooked;
import dev.waybill.events.ShippingEvent.ShipmentCancelled;
import dev.waybill.events.ShippingEvent.ShipmentDispatched;
import dev.waybill.events.ShippingEvent.ShipmentRefusal;
import dev.waybill.events.ShippingEvent.ShipmentRefused;
import dev.waybill.events.Sku;
import dev.waybill.events.StockLine;
import dev.waybill.messaging.Ids;
import dev.waybill.shipping.shipments.CarrierAnswer.AlreadyHandedOver;
import dev.waybill.shipping.shipments.CarrierAnswer.Booked;
import dev.waybill.shipping.shipments.CarrierAnswer.Cancelled;
import dev.waybill.shipping.shipments.CarrierAnswer.Dispatched;
import dev.waybill.shipping.shipments.CarrierAnswer.Refused;
import dev.waybill.shipping.shipments.CarrierAnswer.SettledBefore;
import dev.waybill.shipping.shipments.Decision.Answer;
import dev.waybill.shipping.shipments.Decision.Ask;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a shipment decides, situation by situation. */
class ShipmentTest {

    private static final Instant NOW = Instant.parse("2026-11-21T14:00:00Z");
    private static final String LABEL = "https://carrier.example/labels/T-1";

    private final OrderId order = new OrderId(Ids.next());
    private final Shipment shipment = new Shipment(order);
    private final BookShipment book = to("1 Main St");

    private final Answer booked = new Answer(new ShipmentBooked(order, "DHL", "T-1"));
    private final Answer notServed = new Answer(new ShipmentRefused(order, ShipmentRefusal.ADDRESS_NOT_SERVED));
    private final Answer alreadyCancelled = new Answer(new ShipmentRefused(order, ShipmentRefusal.ALREADY_CANCELLED));
    private final Answer dispatched = new Answer(new ShipmentDispatched(order, "T-1", LABEL));
    private final Answer cancelled = new Answer(new ShipmentCancelled(order));
    private final Answer cancellationRefused = new Answer(new CancellationRefused(order, "T-1"));

    @Nested
    class New {

        @Test
        void aBookingIsAskedOfTheCarrier() {
            assertThat(shipment.book(book, NOW)).isEqualTo(new Ask(CarrierCall.BOOK));
            assertThat(shipment.booking()).isEqualTo(book);
        }

        @Test
        void aCancellationStaysAndRefusesTheBookingThatComesLater() {
            assertThat(shipment.cancel(NOW)).isEqualTo(cancelled);
            assertThat(shipment.book(book, NOW)).isEqualTo(alreadyCancelled);
            assertThat(shipment.knowsTheAddress()).isFalse();
        }

        @Test
        void nothingLeavesThatIsNotBooked() {
            assertThatThrownBy(() -> shipment.dispatch(NOW)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Nested
    class WhileTheBookingIsUnderWay {

        WhileTheBookingIsUnderWay() {
            shipment.book(book, NOW);
        }

        @Test
        void theCarrierHasAPlace() {
            assertThat(shipment.bookingAnswered(new Booked("DHL", "T-1"), NOW)).isEqualTo(booked);
        }

        @Test
        void theCarrierRefusesAndTheAddressIsForgotten() {
            assertThat(shipment.bookingAnswered(new Refused(ShipmentRefusal.ADDRESS_NOT_SERVED), NOW))
                    .isEqualTo(notServed);
            assertThat(shipment.knowsTheAddress()).isFalse();
            assertThat(shipment.book(book, NOW)).isEqualTo(notServed);
            assertThat(shipment.cancel(NOW)).isEqualTo(cancelled);
            assertThatThrownBy(() -> shipment.dispatch(NOW)).isInstanceOf(IllegalStateException.class);
        }

        @Test
        void aSecondCommandWaitsForTheSameBooking() {
            assertThat(shipment.book(book, NOW)).isEqualTo(new Ask(CarrierCall.BOOK));
            shipment.bookingAnswered(new Booked("DHL", "T-1"), NOW);
            assertThat(shipment.bookingAnswered(new SettledBefore(), NOW)).isEqualTo(booked);
        }

        @Test
        void aSecondCommandToAnotherAddressIsForbidden() {
            assertThatThrownBy(() -> shipment.book(to("2 Main St"), NOW)).isInstanceOf(IllegalStateException.class);
        }

        @Test
        void aCancellationWaitsForTheAnswerAndThenGivesUpThePlace() {
            assertThat(shipment.cancel(NOW)).isEqualTo(new Ask(CarrierCall.CANCEL));
            assertThat(shipment.bookingAnswered(new Booked("DHL", "T-1"), NOW)).isEqualTo(booked);
            assertThat(shipment.status()).isEqualTo(ShipmentStatus.CANCELLING);
            assertThatThrownBy(() -> shipment.dispatch(NOW)).isInstanceOf(IllegalStateException.class);
            assertThat(shipment.cancellationAnswered(new Cancelled(), NOW)).isEqualTo(cancelled);
            assertThat(shipment.knowsTheAddress()).isFalse();
        }

        @Test
        void aCancellationOfWhatIsThenRefusedHasNothingToGiveUp() {
            shipment.cancel(NOW);
            shipment.bookingAnswered(new Refused(ShipmentRefusal.ADDRESS_NOT_SERVED), NOW);
            assertThat(shipment.cancellationAnswered(new SettledBefore(), NOW)).isEqualTo(cancelled);
        }

        @Test
        void nothingLeavesYet() {
            assertThatThrownBy(() -> shipment.dispatch(NOW)).isInstanceOf(IllegalStateException.class);
        }

        @Test
        void itIsInDoubtUntilTheCarrierAnswers() {
            shipment.doubt();
            assertThat(shipment.inDoubt()).isTrue();
            shipment.bookingAnswered(new Booked("DHL", "T-1"), NOW);
            assertThat(shipment.inDoubt()).isFalse();
        }
    }

    @Nested
    class BookedAlready {

        BookedAlready() {
            shipment.book(book, NOW);
            shipment.bookingAnswered(new Booked("DHL", "T-1"), NOW);
        }

        @Test
        void aSecondBookingIsAnsweredFromTheFirst() {
            assertThat(shipment.book(book, NOW)).isEqualTo(booked);
        }

        @Test
        void itLeavesWithALabelAndTheAddressIsForgotten() {
            assertThat(shipment.dispatch(NOW)).isEqualTo(new Ask(CarrierCall.DISPATCH));
            assertThat(shipment.dispatchAnswered(new Dispatched(LABEL), NOW)).isEqualTo(dispatched);
            assertThat(shipment.knowsTheAddress()).isFalse();
        }

        @Test
        void itIsCancelled() {
            assertThat(shipment.cancel(NOW)).isEqualTo(new Ask(CarrierCall.CANCEL));
            assertThat(shipment.cancellationAnswered(new Cancelled(), NOW)).isEqualTo(cancelled);
            assertThat(shipment.cancel(NOW)).isEqualTo(cancelled);
            assertThat(shipment.book(book, NOW)).isEqualTo(alreadyCancelled);
            assertThatThrownBy(() -> shipment.dispatch(NOW)).isInstanceOf(IllegalStateException.class);
        }

        @Test
        void itStaysBookedWhenTheCarrierRefusesTheCancellation() {
            shipment.cancel(NOW);
            assertThat(shipment.cancellationAnswered(new AlreadyHandedOver(), NOW)).isEqualTo(cancellationRefused);
            assertThat(shipment.status()).isEqualTo(ShipmentStatus.BOOKED);
        }

        @Test
        void thereIsNothingToDoubt() {
            shipment.doubt();
            assertThat(shipment.inDoubt()).isFalse();
        }
    }

    @Nested
    class WhileTheDispatchIsUnderWay {

        WhileTheDispatchIsUnderWay() {
            shipment.book(book, NOW);
            shipment.bookingAnswered(new Booked("DHL", "T-1"), NOW);
            shipment.dispatch(NOW);
        }

        @Test
        void aSecondCommandWaitsForTheSameLabel() {
            assertThat(shipment.dispatch(NOW)).isEqualTo(new Ask(CarrierCall.DISPATCH));
            shipment.dispatchAnswered(new Dispatched(LABEL), NOW);
            assertThat(shipment.dispatchAnswered(new SettledBefore(), NOW)).isEqualTo(dispatched);
        }

        @Test
        void aCancellationWaitsForTheLabel() {
            assertThat(shipment.cancel(NOW)).isEqualTo(new Ask(CarrierCall.CANCEL));
            assertThat(shipment.dispatchAnswered(new Dispatched(LABEL), NOW)).isEqualTo(dispatched);
            assertThat(shipment.cancellationAnswered(new Cancelled(), NOW)).isEqualTo(cancelled);
        }
    }

    @Nested
    class DispatchedAlready {

        DispatchedAlready() {
            shipment.book(book, NOW);
            shipment.bookingAnswered(new Booked("DHL", "T-1"), NOW);
            shipment.dispatch(NOW);
            shipment.dispatchAnswered(new Dispatched(LABEL), NOW);
        }

        @Test
        void aSecondDispatchIsAnsweredFromTheFirst() {
            assertThat(shipment.dispatch(NOW)).isEqualTo(dispatched);
        }

        @Test
        void theCarrierHasItWhenItRefusesTheCancellation() {
            assertThat(shipment.cancel(NOW)).isEqualTo(new Ask(CarrierCall.CANCEL));
            assertThat(shipment.cancellationAnswered(new AlreadyHandedOver(), NOW)).isEqualTo(cancellationRefused);
            assertThat(shipment.status()).isEqualTo(ShipmentStatus.HANDED_OVER);
            assertThat(shipment.dispatch(NOW)).isEqualTo(dispatched);
            assertThat(shipment.book(book, NOW)).isEqualTo(booked);
        }

        @Test
        void askedAgainWithoutAScanTheCarrierMayGiveItBack() {
            shipment.cancel(NOW);
            shipment.cancellationAnswered(new AlreadyHandedOver(), NOW);

            assertThat(shipment.cancel(NOW)).isEqualTo(new Ask(CarrierCall.CANCEL));
            shipment.cancellationAnswered(new Cancelled(), NOW);
            assertThat(shipment.status()).isEqualTo(ShipmentStatus.CANCELLED);
        }

        @Test
        void itsHistoryIsShownWithoutTheStepsInBetween() {
            assertThat(ShipmentView.from(shipment).history()).extracting(ShipmentView.Step::status).containsExactly(
                    ShipmentView.Status.PENDING,
                    ShipmentView.Status.BOOKED,
                    ShipmentView.Status.DISPATCHED);
        }

        @Test
        void itStaysDispatchedWhileACancellationIsUnderWay() {
            shipment.cancel(NOW);
            assertThat(ShipmentView.from(shipment).status()).isEqualTo(ShipmentView.Status.DISPATCHED);
        }
    }

    private BookShipment to(String line1) {
        return new BookShipment(
                order,
                new Address("Alice Doe", line1, null, "Berlin", "10115", "DE"),
                List.of(new StockLine(new Sku("ESPRESSO-01"), new Quantity(2))));
    }
}
