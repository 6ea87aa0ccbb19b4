package dev.waybill.console.orders;

import dev.waybill.console.journal.Entry;
import dev.waybill.console.services.Answer;
import dev.waybill.console.services.InventoryService.Reservation;
import dev.waybill.console.services.Listing;
import dev.waybill.console.services.NotificationService.Mail;
import dev.waybill.console.services.OrderService.Happened;
import dev.waybill.console.services.OrderService.Order;
import dev.waybill.console.services.OutsideCall;
import dev.waybill.console.services.PaymentService.Change;
import dev.waybill.console.services.PaymentService.Payment;
import dev.waybill.console.services.SagaService.Saga;
import dev.waybill.console.services.ShippingService.Shipment;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * All that the services say of one order, at about the same time.
 *
 * @param sagas with their journals, the newest first
 * @param acts  what people did about it, the newest first
 */
record OrderLook(UUID id, Answer<Order> order, Answer<Listing<Happened>> timeline, Answer<List<Saga>> sagas,
        Answer<Payment> payment, Answer<Listing<Change>> changes, Answer<Shipment> shipment,
        Answer<Reservation> reservation, Answer<Listing<Mail>> mails, Answer<Listing<OutsideCall>> gatewayCalls,
        Answer<Listing<OutsideCall>> carrierCalls, Answer<List<Entry>> acts) {

    /** What cannot be shown, and why; each reason once. */
    public List<String> troubles() {
        return Stream.of(order, timeline, sagas, payment, changes, shipment, reservation, mails, gatewayCalls,
                carrierCalls, acts).map(Answer::trouble).filter(Objects::nonNull).distinct().toList();
    }

    /** The first saga that cannot go on by itself; null where each can. */
    public @Nullable Saga stuck() {
        List<Saga> known = sagas.found();
        return known == null ? null : known.stream().filter(Saga::isStuck).findFirst().orElse(null);
    }
}
