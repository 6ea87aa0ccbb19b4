package dev.waybill.shipping.shipments;

import dev.waybill.events.ShippingEvent;

/** What a shipment has decided to do about a command or about the carrier's answer. */
sealed interface Decision {

    /** Say this. */
    record Answer(ShippingEvent event) implements Decision {}

    /** Only the carrier knows: ask it, its answer will be ours. */
    record Ask(CarrierCall call) implements Decision {}
}
