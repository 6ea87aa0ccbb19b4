package dev.waybill.shipping.shipments;

import dev.waybill.events.Address;
import dev.waybill.events.OrderId;
import dev.waybill.events.Quantity;
import dev.waybill.events.ShippingCommand.BookShipment;
import dev.waybill.events.ShippingEvent.CancellationRefused;
import dev.waybill.events.ShippingEvent.ParcelDelivered;
import dev.waybill.events.ShippingEvent.ParcelHandedOver;
import dev.waybill.events.ShippingEvent.ParcelInTransit;
import dev.waybill.events.ShippingEvent.ShipmentBooked;
import dev.waybill.events.ShippingEvent.ShipmentCancelled;
import dev.waybill.events.ShippingEvent.ShipmentDispatched;
import dev.waybill.events.ShippingEvent.ShipmentRefusal;
import dev.waybill.events.Sku;
import dev.waybill.events.StockLine;
import dev.waybill.messaging.Ids;
import dev.waybill.shipping.shipments.CarrierAnswer.AlreadyHandedOver;
import dev.waybill.shipping.shipments.CarrierAnswer.Booked;
import dev.waybill.shipping.shipments.CarrierAnswer.Cancelled;
import dev.waybill.shipping.shipments.CarrierAnswer.Dispatched;
import dev.waybill.shipping.shipments.CarrierAnswer.Refused;
import dev.waybill.shipping.shipments.Decision.Answer;
import dev.waybill.shipping.shipments.Decision.Ask;
import dev.waybill.shipping.shipments.ParcelScans.Scan;
import dev.waybill.shipping.shipments.ShipmentView.Status;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** What drivers' scans mean to a shipment, whenever they come. */
class ShipmentScansTest {

    private static final Instant NOW = Instant.parse("2026-11-21T14:00:00Z");
    private static final Instant HANDED_OVER_AT = NOW.plusSeconds(60);
    private static final Instant IN_TRANSIT_AT = NOW.plusSeconds(120);
    private static final Instant DELIVERED_AT = NOW.plusSeconds(180);

    private final OrderId order = new OrderId(Ids.next());
    private final Shipment shipment = new Shipment(order);
    private final Scan handOver = new Scan(HANDED_OVER_AT, ParcelStatus.HANDED_OVER);
    private final Scan transit = new Scan(IN_TRANSIT_AT, ParcelStatus.IN_TRANSIT);
    private final Scan delivery = new Scan(DELIVERED_AT, ParcelStatus.DELIVERED);
    private final ParcelHandedOver handedOver = new ParcelHandedOver(order, "T-1", HANDED_OVER_AT);
    private final ParcelInTransit inTransit = new ParcelInTransit(order, "T-1", IN_TRANSIT_AT);
    private final ParcelDelivered delivered = new ParcelDelivered(order, "T-1", DELIVERED_AT);

    ShipmentScansTest() {
        shipment.book(new BookShipment(order, new Address("Alice Doe", "1 Main St", null, "Berlin", "10115", "DE"),
                List.of(new StockLine(new Sku("ESPRESSO-01"), new Quantity(2)))), NOW);
    }

    @Nested
    class OfADispatchedParcel {

        OfADispatchedParcel() {
            booked();
            dispatched();
        }

        @Test
        void eachIsToldOnceWithTheCarriersTime() {
            assertThat(shipment.scanned(handOver)).containsExactly(handedOver);
            assertThat(status()).isEqualTo(Status.HANDED_OVER);
            assertThat(shipment.scanned(transit)).containsExactly(inTransit);
            assertThat(status()).isEqualTo(Status.IN_TRANSIT);
            assertThat(shipment.scanned(delivery)).containsExactly(delivered);
            assertThat(status()).isEqualTo(Status.DELIVERED);

            assertThat(shipment.scanned(new Scan(DELIVERED_AT.plusSeconds(1), ParcelStatus.DELIVERED))).isEmpty();
            assertThat(shipment.scanned(transit)).isEmpty();
            assertThat(shipment.followScans()).isEmpty();
            assertThat(historyFrom(3)).containsExactly(step(HANDED_OVER_AT, Status.HANDED_OVER),
                    step(IN_TRANSIT_AT, Status.IN_TRANSIT), step(DELIVERED_AT, Status.DELIVERED));
        }

        @Test
        void oneThatComesLateOnlyFillsTheHistory() {
            assertThat(shipment.scanned(delivery)).containsExactly(delivered);
            assertThat(shipment.scanned(handOver)).isEmpty();
            assertThat(shipment.scanned(transit)).isEmpty();

            assertThat(status()).isEqualTo(Status.DELIVERED);
            assertThat(historyFrom(3)).extracting(ShipmentView.Step::status)
                    .containsExactly(Status.HANDED_OVER, Status.IN_TRANSIT, Status.DELIVERED);
        }

        @Test
        void afterTheFirstOneACancellationIsRefusedWithoutTheCarrier() {
            shipment.scanned(delivery);

            assertThat(shipment.cancel(NOW)).isEqualTo(new Answer(new CancellationRefused(order, "T-1")));
            assertThat(status()).isEqualTo(Status.DELIVERED);
        }

        @Test
        void aRefusedCancellationKnowsOfTheHandOverBeforeItsScan() {
            shipment.cancel(NOW);
            shipment.cancellationAnswered(new AlreadyHandedOver(), NOW.plusSeconds(90));
            assertThat(shipment.followScans()).isEmpty();
            assertThat(historyFrom(3)).containsExactly(step(NOW.plusSeconds(90), Status.HANDED_OVER));

            assertThat(shipment.scanned(handOver)).containsExactly(handedOver);
            assertThat(historyFrom(3)).containsExactly(step(HANDED_OVER_AT, Status.HANDED_OVER));
        }
    }

    @Nested
    class ThatComeBeforeTheCarriersAnswer {

        @Test
        void theyWaitForTheLabelAndAreToldInTheOrderOfTheWay() {
            assertThat(shipment.scanned(delivery)).isEmpty();
            booked();
            assertThat(shipment.scanned(handOver)).isEmpty();
            assertThat(shipment.dispatch(NOW)).isEqualTo(new Ask(CarrierCall.DISPATCH));
            assertThat(shipment.scanned(transit)).isEmpty();
            assertThat(status()).isEqualTo(Status.BOOKED);

            shipment.dispatchAnswered(new Dispatched("http://labels/1"), NOW);

            assertThat(shipment.followScans()).containsExactly(handedOver, inTransit, delivered);
            assertThat(shipment.followScans()).isEmpty();
            assertThat(status()).isEqualTo(Status.DELIVERED);
            assertThat(shipment.dispatch(NOW))
                    .isEqualTo(new Answer(new ShipmentDispatched(order, "T-1", "http://labels/1")));
        }

        @Test
        void theyWaitForTheEndOfACancellationThatIsRefused() {
            booked();
            dispatched();
            shipment.cancel(NOW);
            assertThat(shipment.scanned(handOver)).isEmpty();
            assertThat(status()).isEqualTo(Status.DISPATCHED);

            assertThat(shipment.cancellationAnswered(new AlreadyHandedOver(), NOW))
                    .isEqualTo(new Answer(new CancellationRefused(order, "T-1")));

            assertThat(shipment.followScans()).containsExactly(handedOver);
            assertThat(status()).isEqualTo(Status.HANDED_OVER);
        }

        @Test
        void theyDoNotOvertakeACancellationThatWaitsForTheLabel() {
            booked();
            shipment.dispatch(NOW);
            shipment.cancel(NOW);
            shipment.scanned(transit);

            shipment.dispatchAnswered(new Dispatched("http://labels/1"), NOW);
            assertThat(shipment.followScans()).isEmpty();
            shipment.cancellationAnswered(new AlreadyHandedOver(), NOW);
            assertThat(shipment.followScans()).containsExactly(inTransit);
        }
    }

    @Nested
    class OfAParcelThatWasNotToLeave {

        @Test
        void anEarlyOneContradictsTheCancellationThatTheCarrierThenGrants() {
            booked();
            dispatched();
            shipment.cancel(NOW);
            shipment.scanned(handOver);
            assertThat(shipment.hasLeftAllTheSame()).isFalse();

            assertThat(shipment.cancellationAnswered(new Cancelled(), NOW))
                    .isEqualTo(new Answer(new ShipmentCancelled(order)));

            assertKeptAndNotTold(Status.CANCELLED);
        }

        @Test
        void aLateOneContradictsTheCancellation() {
            booked();
            shipment.cancel(NOW);
            shipment.cancellationAnswered(new Cancelled(), NOW);
            assertThat(shipment.hasLeftAllTheSame()).isFalse();

            assertThat(shipment.scanned(handOver)).isEmpty();

            assertKeptAndNotTold(Status.CANCELLED);
        }

        @Test
        void oneContradictsTheRefusal() {
            shipment.bookingAnswered(new Refused(ShipmentRefusal.ADDRESS_NOT_SERVED), NOW);
            shipment.scanned(handOver);

            assertKeptAndNotTold(Status.REFUSED);
        }

        private void assertKeptAndNotTold(Status status) {
            assertThat(shipment.hasLeftAllTheSame()).isTrue();
            assertThat(shipment.followScans()).isEmpty();
            assertThat(status()).isEqualTo(status);
            assertThat(ShipmentView.from(shipment).history()).last()
                    .isEqualTo(step(HANDED_OVER_AT, Status.HANDED_OVER));
        }
    }

    @Test
    void aBookedParcelWhoseCancellationWasRefusedMayStillLeave() {
        booked();
        shipment.cancel(NOW);
        shipment.cancellationAnswered(new AlreadyHandedOver(), NOW);

        dispatched();
        assertThat(shipment.scanned(handOver)).containsExactly(handedOver);
    }

    @Test
    void orMayBeCancelledWhenTheCarrierIsAskedAgain() {
        booked();
        shipment.cancel(NOW);
        shipment.cancellationAnswered(new AlreadyHandedOver(), NOW);

        assertThat(shipment.cancel(NOW)).isEqualTo(new Ask(CarrierCall.CANCEL));
        assertThat(shipment.cancellationAnswered(new Cancelled(), NOW))
                .isEqualTo(new Answer(new ShipmentCancelled(order)));
    }

    private void booked() {
        assertThat(shipment.bookingAnswered(new Booked("DHL", "T-1"), NOW))
                .isEqualTo(new Answer(new ShipmentBooked(order, "DHL", "T-1")));
        assertThat(shipment.followScans()).isEmpty();
    }

    private void dispatched() {
        shipment.dispatch(NOW);
        shipment.dispatchAnswered(new Dispatched("http://labels/1"), NOW);
        assertThat(shipment.followScans()).isEmpty();
    }

    private Status status() {
        return ShipmentView.from(shipment).status();
    }

    private List<ShipmentView.Step> historyFrom(int first) {
        List<ShipmentView.Step> history = ShipmentView.from(shipment).history();
        return history.subList(first, history.size());
    }

    private static ShipmentView.Step step(Instant at, Status status) {
        return new ShipmentView.Step(at, status);
    }
}
