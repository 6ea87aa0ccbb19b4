package dev.waybill.simulators.carrier;

import dev.waybill.simulators.MutableClock;
import dev.waybill.simulators.books.Request;
import dev.waybill.simulators.carrier.CarrierEntry.Booked;
import dev.waybill.simulators.carrier.CarrierEntry.Moved;
import dev.waybill.simulators.carrier.CarrierEntry.Refused;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;

/** A carrier to put into a situation; what it decides is written down at once. */
abstract class CarrierScenario {

    final MutableClock clock = new MutableClock();
    private final AtomicInteger numbers = new AtomicInteger();
    private final AtomicInteger keys = new AtomicInteger();
    final List<CarrierEntry> book = new ArrayList<>();
    final CarrierLedger ledger = new CarrierLedger(
            clock,
            () -> "SP" + numbers.incrementAndGet(),
            () -> 1,
            trackingNumber -> book.stream().filter(entry -> trackingNumber.equals(entry.subject())).toList());

    String booked() {
        CarrierEntry entry = book("DE", false);
        assertThat(entry).isInstanceOf(Booked.class);
        return ((Booked) entry).trackingNumber();
    }

    String dispatched() {
        String trackingNumber = booked();
        dispatch(trackingNumber);
        return trackingNumber;
    }

    CarrierEntry book(String country, boolean unwilling) {
        return applied(ledger.book(request(), "order-1", country, unwilling));
    }

    CarrierEntry dispatch(String trackingNumber) {
        return applied(ledger.dispatch(request(), trackingNumber));
    }

    CarrierEntry cancel(String trackingNumber) {
        return applied(ledger.cancel(request(), trackingNumber, () -> false));
    }

    CarrierEntry scan(String trackingNumber, ShipmentStatus status) {
        return applied(ledger.scan(trackingNumber, status));
    }

    CarrierEntry applied(CarrierEntry entry) {
        book.add(entry);
        return entry;
    }

    Request request() {
        return new Request("test", "key-" + keys.incrementAndGet(), "");
    }

    static void assertMoved(CarrierEntry entry, ShipmentStatus status) {
        assertThat(entry)
                .isInstanceOfSatisfying(Moved.class, moved -> assertThat(moved.status()).isEqualTo(status));
    }

    static void assertRefused(CarrierEntry entry, Refusal refusal) {
        assertThat(entry).isInstanceOfSatisfying(
                Refused.class,
                refused -> assertThat(refused.refusal()).isEqualTo(refusal));
    }

    Shipment.Snapshot shipment(String trackingNumber) {
        Shipment shipment = Shipment
                .from(book.stream().filter(entry -> trackingNumber.equals(entry.subject())).toList());
        return Objects.requireNonNull(shipment, "There is no such shipment").snapshot();
    }

    void assertHistory(String trackingNumber, ShipmentStatus... history) {
        assertThat(shipment(trackingNumber).history()).extracting(Shipment.Step::status)
                .containsExactly(history);
    }
}
