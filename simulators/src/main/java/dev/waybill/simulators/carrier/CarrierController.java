package dev.waybill.simulators.carrier;

import dev.waybill.simulators.carrier.CarrierEntry.AlreadyThere;
import dev.waybill.simulators.carrier.CarrierEntry.Booked;
import dev.waybill.simulators.carrier.CarrierEntry.Moved;
import dev.waybill.simulators.carrier.CarrierEntry.Refused;
import dev.waybill.simulators.web.Checks;
import dev.waybill.simulators.web.IdempotencyKeys;
import dev.waybill.simulators.web.Nothing;
import dev.waybill.simulators.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import org.springframework.web.util.UriComponentsBuilder;

import java.net.URI;
import java.util.Iterator;
import java.util.List;

import static dev.waybill.simulators.web.IdempotencyKeys.valid;

/** The carrier over HTTP; the package's head has the calls. */
@RestController
@RequestMapping("/carrier")
class CarrierController {

    private static final String NAME = "Swift Parcel";

    private final Carrier carrier;
    private final CarrierSettings settings;

    CarrierController(Carrier carrier, CarrierSettings settings) {
        this.carrier = carrier;
        this.settings = settings;
    }

    @PostMapping("/shipments")
    @ResponseStatus(HttpStatus.CREATED)
    Booking book(@RequestHeader(IdempotencyKeys.HEADER) String key, @RequestBody Book body) {
        Shown shown = Shown.from(carrier.book(valid(key), body.orderId(), body.address(), body.items()));
        return new Booking(shown.trackingNumber(), NAME, shown.status());
    }

    @PostMapping("/shipments/{trackingNumber}/dispatch")
    @ResponseStatus(HttpStatus.CREATED)
    Dispatch dispatch(
            @RequestHeader(IdempotencyKeys.HEADER) String key,
            @PathVariable String trackingNumber,
            @RequestBody(required = false) @Nullable Nothing body) {
        Shown shown = Shown.from(carrier.dispatch(valid(key), trackingNumber));
        return new Dispatch(shown.trackingNumber(), labelOf(shown.trackingNumber()), shown.status());
    }

    @PostMapping("/shipments/{trackingNumber}/cancellation")
    @ResponseStatus(HttpStatus.CREATED)
    Shown cancel(
            @RequestHeader(IdempotencyKeys.HEADER) String key,
            @PathVariable String trackingNumber,
            @RequestBody(required = false) @Nullable Nothing body) {
        return Shown.from(carrier.cancel(valid(key), trackingNumber));
    }

    @PostMapping("/shipments/{trackingNumber}/scans")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Shown scan(@PathVariable String trackingNumber, @RequestBody Scan body) {
        carrier.scan(trackingNumber, body.status());
        return new Shown(trackingNumber, body.status());
    }

    @GetMapping("/shipments")
    Shipments shipments(@RequestParam(required = false) @Nullable String orderId) {
        return new Shipments(carrier.shipments(orderId).iterator());
    }

    @GetMapping("/labels/{trackingNumber}")
    ResponseEntity<String> label(@PathVariable String trackingNumber) {
        Shipment.Snapshot shipment = carrier.shipment(trackingNumber);
        if (shipment.history().stream().noneMatch(step -> step.status() == ShipmentStatus.DISPATCHED)) {
            throw new ProblemException(HttpStatus.NOT_FOUND, "NO_LABEL", "A label is printed at dispatch");
        }
        return ResponseEntity.ok().contentType(MediaType.TEXT_PLAIN).body("""
                %s
                Tracking number  %s
                Order            %s
                Country          %s
                """.formatted(NAME, shipment.trackingNumber(), shipment.orderId(), shipment.country()));
    }

    private URI labelOf(String trackingNumber) {
        URI publicUrl = settings.publicUrl();
        UriComponentsBuilder base = publicUrl == null
                ? ServletUriComponentsBuilder.fromCurrentContextPath()
                : UriComponentsBuilder.fromUri(publicUrl);
        return base.path("/carrier/labels/{trackingNumber}").build(trackingNumber);
    }

    record Book(String orderId, Address address, List<Item> items) {

        Book {
            Checks.text("An order id", orderId, 100);
            Checks.present("An address", address);
            items = List.copyOf(Checks.present("A list of items", items));
            if (items.isEmpty()) {
                throw new IllegalArgumentException("A shipment has at least one item");
            }
        }
    }

    record Scan(ShipmentStatus status) {

        Scan {
            if (!Checks.present("A status", status).hasLeft()) {
                throw new IllegalArgumentException("A driver scans HANDED_OVER, IN_TRANSIT or DELIVERED");
            }
        }
    }

    record Booking(String trackingNumber, String carrier, ShipmentStatus status) {}

    record Dispatch(String trackingNumber, URI labelUrl, ShipmentStatus status) {}

    /** Written as it is read: the books may be larger than the memory. */
    record Shipments(Iterator<Shipment.Snapshot> items) {}

    record Shown(String trackingNumber, ShipmentStatus status) {

        static Shown from(CarrierEntry entry) {
            return switch (entry) {
                case Booked booked -> new Shown(booked.trackingNumber(), ShipmentStatus.BOOKED);
                case Moved moved -> new Shown(moved.trackingNumber(), moved.status());
                case AlreadyThere already -> new Shown(already.trackingNumber(), already.status());
                case Refused refused -> throw new ProblemException(
                        refused.refusal().status(),
                        refused.refusal().name(),
                        refused.refusal().sentence());
            };
        }
    }
}
