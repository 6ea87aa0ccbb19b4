package dev.waybill.shipping.shipments;

import dev.waybill.defaults.problems.ProblemType;
import dev.waybill.events.OrderId;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

import java.util.UUID;

/** What is known about an order's shipment. */
@RestController
class ShipmentController {

    private static final ProblemType NO_SUCH_SHIPMENT = ProblemType.notFound("shipment-not-found",
            "There is no such shipment");

    private final Shipments shipments;

    ShipmentController(Shipments shipments) {
        this.shipments = shipments;
    }

    @GetMapping("/shipments/{orderId}")
    ShipmentView shipment(@PathVariable UUID orderId) {
        return shipments.find(new OrderId(orderId)).filter(shipment -> shipment.status() != ShipmentStatus.NEW)
                .map(ShipmentView::from)
                .orElseThrow(() -> NO_SUCH_SHIPMENT.because("Order %s has no shipment".formatted(orderId)));
    }
}
