package dev.waybill.console.orders;

import dev.waybill.console.journal.Journal;
import dev.waybill.console.services.Answer;
import dev.waybill.console.services.InventoryService;
import dev.waybill.console.services.Listing;
import dev.waybill.console.services.NotificationService;
import dev.waybill.console.services.OrderService;
import dev.waybill.console.services.OrderService.Happened;
import dev.waybill.console.services.PaymentService;
import dev.waybill.console.services.SagaService;
import dev.waybill.console.services.SagaService.Saga;
import dev.waybill.console.services.ShippingService;
import dev.waybill.console.services.SideBySide;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;

/** Asks every service what it knows of an order, all of them at once, and the journal what people did about it. */
@Service
class LookingAtOrders {

    private final SideBySide sideBySide;
    private final OrderService orders;
    private final SagaService sagas;
    private final PaymentService payments;
    private final ShippingService shipments;
    private final InventoryService inventory;
    private final NotificationService notifications;
    private final Journal journal;

    LookingAtOrders(SideBySide sideBySide, OrderService orders, SagaService sagas, PaymentService payments,
            ShippingService shipments, InventoryService inventory, NotificationService notifications,
            Journal journal) {
        this.sideBySide = sideBySide;
        this.orders = orders;
        this.sagas = sagas;
        this.payments = payments;
        this.shipments = shipments;
        this.inventory = inventory;
        this.notifications = notifications;
        this.journal = journal;
    }

    OrderLook at(UUID id) {
        var itsSagas = sideBySide.ask(() -> sagasOf(id));
        var order = sideBySide.ask(() -> orders.order(id));
        var timeline = sideBySide.ask(() -> orders.timeline(id));
        var payment = sideBySide.ask(() -> payments.payment(id));
        var changes = sideBySide.ask(() -> payments.events(id));
        var shipment = sideBySide.ask(() -> shipments.shipment(id));
        var reservation = sideBySide.ask(() -> inventory.reservation(id));
        var mails = sideBySide.ask(() -> notifications.mails(id));
        var gatewayCalls = sideBySide.ask(() -> payments.waitsFor(id));
        var carrierCalls = sideBySide.ask(() -> shipments.waitsFor(id));
        var acts = sideBySide.ask(() -> journal.ofOrder(id));
        return new OrderLook(id, order.get(), timeline.get(), itsSagas.get(), payment.get(), changes.get(),
                shipment.get(), reservation.get(), mails.get(), gatewayCalls.get(), carrierCalls.get(),
                acts.get());
    }

    /** One whose journal is not to be had is shown without. */
    private Answer<List<Saga>> sagasOf(UUID id) {
        return sagas.list(new SagaService.Wanted("", "", "", "", id), 20, null).map(list -> {
            List<Supplier<Saga>> whole = list.items().stream().map(
                    saga -> sideBySide.ask(() -> Objects.requireNonNullElse(sagas.saga(saga.id()).found(), saga)))
                    .toList();
            return whole.stream().map(Supplier::get).toList();
        });
    }

    /** As it is now, at the last of those moments. */
    Then latest(OrderLook look) {
        List<Happened> all = happened(look.timeline());
        List<Instant> stops = stops(all);
        return stops.isEmpty()
                ? new Then(stops, -1, null, null, List.of())
                : new Then(stops, stops.size() - 1, stops.getLast(), look.order(), all);
    }

    /** As it was at one of the moments at which something happened to it, or at any other; else at the last. */
    Then back(UUID id, Answer<Listing<Happened>> timeline, @Nullable Integer stop, @Nullable Instant at) {
        List<Happened> all = happened(timeline);
        List<Instant> stops = stops(all);
        Instant moment = at;
        if (!stops.isEmpty() && (stop != null || at == null)) {
            moment = stops.get(stop == null ? stops.size() - 1 : Math.clamp(stop, 0, stops.size() - 1));
        }
        if (moment == null) {
            return new Then(stops, -1, null, null, List.of());
        }
        Instant until = moment;
        List<Happened> happened = all.stream().filter(each -> each.at() != null && !each.at().isAfter(until)).toList();
        int last = (int) stops.stream().filter(each -> !each.isAfter(until)).count() - 1;
        return new Then(stops, last, until, orders.order(id, until), happened);
    }

    private static List<Happened> happened(Answer<Listing<Happened>> timeline) {
        Listing<Happened> told = timeline.found();
        return told == null ? List.of() : told.items();
    }

    private static List<Instant> stops(List<Happened> happened) {
        return happened.stream().map(Happened::at).filter(Objects::nonNull).distinct().sorted().toList();
    }
}
