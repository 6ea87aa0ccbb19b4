package dev.waybill.messaging.outside;

import dev.waybill.events.OrderId;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** A call of which an order may have several. The outside answers what it is about. */
final class ScriptedRefund implements OutsideCallAbout<String> {

    record Made(OrderId orderId, UUID about, UUID key) {}

    record Recorded(OrderId orderId, UUID about, String outcome) {}

    final List<Made> made = new CopyOnWriteArrayList<>();
    final List<Recorded> recorded = new CopyOnWriteArrayList<>();
    final List<UUID> doubted = new CopyOnWriteArrayList<>();

    volatile ScriptedCall.Outside outside = (orderId, key) -> "yes";

    @Override
    public String kind() {
        return "refund";
    }

    @Override
    public String callAbout(OrderId orderId, UUID about, UUID idempotencyKey) {
        made.add(new Made(orderId, about, idempotencyKey));
        return outside.answer(orderId, idempotencyKey);
    }

    @Override
    public void recordAbout(OrderId orderId, UUID about, String outcome) {
        recorded.add(new Recorded(orderId, about, outcome));
    }

    @Override
    public void inDoubtAbout(OrderId orderId, UUID about) {
        doubted.add(about);
    }
}
