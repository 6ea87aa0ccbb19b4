package dev.waybill.simulators.carrier;

import dev.waybill.simulators.books.Books;
import dev.waybill.simulators.books.Books.Decided;
import dev.waybill.simulators.books.Bookshelf;
import dev.waybill.simulators.books.Fingerprints;
import dev.waybill.simulators.books.Request;
import dev.waybill.simulators.carrier.CarrierEntry.AlreadyThere;
import dev.waybill.simulators.carrier.CarrierEntry.Booked;
import dev.waybill.simulators.carrier.CarrierEntry.Moved;
import dev.waybill.simulators.carrier.CarrierEntry.Refused;
import dev.waybill.simulators.faults.Faults;
import dev.waybill.simulators.faults.Mode;
import dev.waybill.simulators.faults.Target;
import dev.waybill.simulators.webhooks.Webhooks;
import jakarta.annotation.PreDestroy;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;

/**
 * The carrier as its callers see it: each call passes the faults at the door, is decided in the books, and may meet another
 * fault on its way back. Whatever took effect is told by webhook, in the order of the book; parcels move by themselves where
 * that is wished for.
 */
@Service
class Carrier {

    private final CarrierLedger ledger;
    private final Books<CarrierEntry> books;
    private final Fingerprints fingerprints;
    private final Faults faults;
    private final Webhooks webhooks;
    private final CarrierSettings settings;
    private final @Nullable AutoAdvance autoAdvance;

    Carrier(
            Bookshelf shelf,
            Fingerprints fingerprints,
            Faults faults,
            Webhooks webhooks,
            CarrierSettings settings,
            Clock clock) {
        webhooks.requireSecretFor(settings.webhookUrl());
        this.fingerprints = fingerprints;
        this.faults = faults;
        this.webhooks = webhooks;
        this.settings = settings;
        this.ledger = new CarrierLedger(clock, Carrier::newTrackingNumber);
        CarrierSettings.Advancing advancing = settings.autoAdvance();
        this.autoAdvance = advancing == null ? null : new AutoAdvance(advancing, clock, this::advance);
        this.books = shelf.open("carrier", CarrierEntry.class, ledger::apply, this::kept);
        resume();
    }

    CarrierEntry book(String key, String orderId, Address address, List<Item> items) {
        return decide(
                new Request("book", key, fingerprints.of(orderId, address, items)),
                request -> ledger.book(
                        request,
                        orderId,
                        address.country(),
                        faults.strikes(Target.CARRIER, Mode.DECLINE)));
    }

    CarrierEntry dispatch(String key, String trackingNumber) {
        return decide(
                new Request("dispatch", key, fingerprints.of(trackingNumber)),
                request -> ledger.dispatch(request, trackingNumber));
    }

    CarrierEntry cancel(String key, String trackingNumber) {
        return decide(
                new Request("cancel", key, fingerprints.of(trackingNumber)),
                request -> ledger.cancel(
                        request,
                        trackingNumber,
                        () -> faults.strikes(Target.CARRIER, Mode.REFUSE_CANCEL)));
    }

    void scan(String trackingNumber, ShipmentStatus status) {
        books.record(() -> ledger.scan(trackingNumber, status));
    }

    List<Shipment.Snapshot> shipments(@Nullable String orderId) {
        return books.read(() -> ledger.shipments(orderId));
    }

    Shipment.Snapshot shipment(String trackingNumber) {
        return books.read(() -> ledger.shipment(trackingNumber));
    }

    @PreDestroy
    void close() {
        if (autoAdvance != null) {
            autoAdvance.close();
        }
    }

    private CarrierEntry decide(Request request, Function<Request, CarrierEntry> how) {
        faults.atTheDoor(Target.CARRIER);
        Decided<CarrierEntry> decided = books.decideOnce(request, () -> how.apply(request));
        if (!decided.repeated()) {
            faults.afterTheEffect(Target.CARRIER);
        }
        return decided.entry();
    }

    /** Takes up after a restart what may have been left undone: parcels on their way, and webhooks. */
    private void resume() {
        List<Shipment.Snapshot> shipments = shipments(null);
        if (autoAdvance != null) {
            shipments.forEach(autoAdvance::resume);
        }
        shipments.stream().map(shipment -> shipment.history().getLast().at()).max(Comparator.naturalOrder())
                .map(webhooks::toldAgainSince)
                .ifPresent(since -> shipments.forEach(shipment -> tellAgain(shipment, since)));
    }

    private void tellAgain(Shipment.Snapshot shipment, Instant since) {
        int number = 0;
        for (Shipment.Step step : shipment.history()) {
            number++;
            if (!step.at().isBefore(since)) {
                tell(shipment.trackingNumber(), number, shipment.orderId(), step.status(), step.at());
            }
        }
    }

    /** A parcel's own move; none, if somebody was faster. */
    private void advance(String trackingNumber, ShipmentStatus from, ShipmentStatus to) {
        books.record(() -> ledger.shipment(trackingNumber).status() == from ? ledger.scan(trackingNumber, to) : null);
    }

    private void kept(CarrierEntry entry) {
        switch (entry) {
            case Booked booked -> tell(
                    booked.trackingNumber(),
                    1,
                    booked.orderId(),
                    ShipmentStatus.BOOKED,
                    booked.at());
            case Moved moved -> {
                tell(moved.trackingNumber(), moved.number(), moved.orderId(), moved.status(), moved.at());
                if (autoAdvance != null) {
                    autoAdvance.after(moved.trackingNumber(), moved.status(), moved.at());
                }
            }
            case AlreadyThere repeated -> {
            }
            case Refused refused -> {
            }
        }
    }

    private void tell(String trackingNumber, int number, String orderId, ShipmentStatus status, Instant at) {
        URI url = settings.webhookUrl();
        if (url == null) {
            return;
        }
        var notification = new Notification(
                trackingNumber + "-" + number,
                status.kind(),
                trackingNumber,
                orderId,
                status,
                at);
        for (int copies = faults.webhookCopies(Target.CARRIER); copies > 0; copies--) {
            webhooks.send(url, orderId, notification);
        }
    }

    private static String newTrackingNumber() {
        return "SP" + UUID.randomUUID().toString().replace("-", "").substring(0, 16).toUpperCase(Locale.ROOT);
    }

    /** A webhook's body; its id is the same however often it is sent. */
    private record Notification(
            String id, String kind, String trackingNumber, String orderId, ShipmentStatus status, Instant at) {}
}
