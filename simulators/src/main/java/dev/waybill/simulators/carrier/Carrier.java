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
import dev.waybill.simulators.webhooks.Notification;
import dev.waybill.simulators.webhooks.Webhooks;
import jakarta.annotation.PreDestroy;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

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
    private final @Nullable AutoAdvance autoAdvance;

    Carrier(
            Bookshelf shelf,
            Fingerprints fingerprints,
            Faults faults,
            Webhooks webhooks,
            CarrierSettings settings,
            Clock clock) {
        this.fingerprints = fingerprints;
        this.faults = faults;
        this.books = shelf.open("carrier", CarrierEntry.class);
        this.ledger = new CarrierLedger(
                clock,
                Carrier::newTrackingNumber,
                () -> settings.webhookUrl() == null ? 0 : faults.webhookCopies(Target.CARRIER),
                books::soFarAbout);
        CarrierSettings.Advancing advancing = settings.autoAdvance();
        this.autoAdvance = advancing == null ? null : new AutoAdvance(advancing, clock, this::advance);
        if (autoAdvance != null) {
            shipments(null).forEach(autoAdvance::resume);
        }
        webhooks.follow("carrier", books, settings.webhookUrl(), Carrier::notificationOf);
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
        follow(books.record(() -> ledger.scan(trackingNumber, status)));
    }

    /** The shipments in the order of their booking: those of an order, or all of them. */
    Stream<Shipment.Snapshot> shipments(@Nullable String orderId) {
        Stream<CarrierEntry> entries = orderId == null
                ? StreamSupport.stream(Spliterators.spliteratorUnknownSize(books.all(), Spliterator.ORDERED), false)
                : books.ofOrder(orderId).stream();
        return entries.filter(Booked.class::isInstance).map(Booked.class::cast)
                .map(booked -> shipment(booked.trackingNumber()));
    }

    Shipment.Snapshot shipment(String trackingNumber) {
        Shipment shipment = Shipment.from(books.about(trackingNumber));
        if (shipment == null) {
            throw CarrierLedger.unknown();
        }
        return shipment.snapshot();
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
            follow(decided.entry());
            faults.afterTheEffect(Target.CARRIER);
        }
        return decided.entry();
    }

    private void advance(String trackingNumber, ShipmentStatus from, ShipmentStatus to) {
        follow(books.record(() -> ledger.advance(trackingNumber, from, to)));
    }

    /** Where a parcel has got to, it may go on from by itself. */
    private void follow(@Nullable CarrierEntry entry) {
        if (autoAdvance != null && entry instanceof Moved moved) {
            autoAdvance.after(moved.trackingNumber(), moved.status(), moved.at());
        }
    }

    private static @Nullable Notification notificationOf(CarrierEntry entry) {
        return switch (entry) {
            case Booked booked -> new Notification(booked.orderId(), booked.webhooks(), Told.from(booked));
            case Moved moved -> new Notification(moved.orderId(), moved.webhooks(), Told.from(moved));
            case AlreadyThere repeated -> null;
            case Refused refused -> null;
        };
    }

    private static String newTrackingNumber() {
        return "SP" + UUID.randomUUID().toString().replace("-", "").substring(0, 16).toUpperCase(Locale.ROOT);
    }

    /** A webhook's body; its id is the same however often it is sent. */
    private record Told(
            String id, String kind, String trackingNumber, String orderId, ShipmentStatus status, Instant at) {

        static Told from(Booked booked) {
            return of(booked.trackingNumber(), 1, booked.orderId(), ShipmentStatus.BOOKED, booked.at());
        }

        static Told from(Moved moved) {
            return of(moved.trackingNumber(), moved.number(), moved.orderId(), moved.status(), moved.at());
        }

        private static Told of(String trackingNumber, int number, String orderId, ShipmentStatus status, Instant at) {
            return new Told(trackingNumber + "-" + number, status.kind(), trackingNumber, orderId, status, at);
        }
    }
}
