package dev.waybill.shipping.shipments;

import dev.waybill.events.OrderId;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

import java.util.UUID;

/** What is known about an order's shipment. */
@RestController
class ShipmentController {

    private final Shipments shipments;

    ShipmentController(Shipments shipments) {
        this.shipments = shipments;
    }

    @GetMapping("/shipments/{orderId}")
    ShipmentView shipment(@PathVariable UUID orderId) {
        return shipments.findById(orderId).filter(shipment -> shipment.status() != ShipmentStatus.NEW)
                .map(ShipmentView::from).orElseThrow(() -> new ResponseStatusException(
                        HttpStatus.NOT_FOUND,
                        "Order %s has no shipment".formatted(new OrderId(orderId))));
    }
}
