package dev.waybill.saga.engine;

import dev.waybill.events.Command;
import dev.waybill.events.Event;
import dev.waybill.events.InventoryCommand.CommitStock;
import dev.waybill.events.InventoryCommand.ReleaseStock;
import dev.waybill.events.InventoryCommand.ReserveStock;
import dev.waybill.events.InventoryEvent.StockRefused;
import dev.waybill.events.MessageId;
import dev.waybill.events.OrderCommand.ConfirmOrder;
import dev.waybill.events.OrderCommand.RejectOrder;
import dev.waybill.events.PaymentCommand.AuthorizePayment;
import dev.waybill.events.PaymentCommand.VoidPayment;
import dev.waybill.events.PaymentEvent.PaymentDeclined;
import dev.waybill.events.ShippingCommand.BookShipment;
import dev.waybill.events.ShippingCommand.CancelShipment;
import dev.waybill.events.ShippingCommand.DispatchShipment;
import dev.waybill.events.ShippingEvent.CancellationRefused;
import dev.waybill.events.ShippingEvent.ShipmentRefused;
import dev.waybill.saga.engine.ModelParticipants.Deed;
import dev.waybill.saga.engine.Transition.Outgoing;
import dev.waybill.saga.fulfillment.Fulfillment;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What must hold when a run is over, told from the participants' books and from what was sent and answered. It knows the
 * order of the steps by itself and asks the engine for nothing but the status in which it ended.
 */
record FinalCheck(
        Instance<Fulfillment> end,
        Weather weather,
        List<Outgoing> sent,
        List<Input.Answer> taken,
        ModelParticipants participants) {

    static final Set<Class<?>> GROUP = Set.of(CommitStock.class, DispatchShipment.class, ConfirmOrder.class);

    private static final Map<Class<?>, Class<?>> UNDO = Map.of(
            ReserveStock.class, ReleaseStock.class,
            AuthorizePayment.class, VoidPayment.class,
            BookShipment.class, CancelShipment.class);
    private static final Map<Deed, Deed> UNDONE = Map.of(
            Deed.RESERVED, Deed.RELEASED, Deed.AUTHORIZED, Deed.VOIDED, Deed.BOOKED, Deed.CANCELLED);
    private static final Set<Deed> ALL_OF_IT = EnumSet.of(Deed.RESERVED, Deed.AUTHORIZED, Deed.BOOKED, Deed.CAPTURED,
            Deed.COMMITTED, Deed.DISPATCHED, Deed.CONFIRMED);

    static boolean isOnTheWayBack(Command<?> command) {
        return UNDO.containsValue(command.getClass()) || command instanceof RejectOrder;
    }

    void check() {
        if (participants.has(Deed.CAPTURED) && UNDONE.values().stream().anyMatch(participants::has)) {
            throw new Violation("Both captured and compensated");
        }
        switch (end.status()) {
            case COMPLETED -> require(Set.copyOf(participants.deeds()).equals(ALL_OF_IT), "It did not do all of it");
            case COMPENSATED -> compensated();
            case STUCK -> stuckForAReason();
            case RUNNING, COMPENSATING -> throw new Violation("It just stopped, " + end.status());
        }
        undosAreTheStepsThatMayHaveHappenedInReverse();
    }

    /** Books have an order: what was undone stays undone, since nothing of it may come later. */
    private void compensated() {
        require(participants.has(Deed.REJECTED), "The order was not rejected");
        require(!participants.has(Deed.CAPTURED), "Captured, but rejected");
        UNDONE.forEach((deed, undone) -> require(participants.has(deed) == participants.has(undone),
                "%s and not %s".formatted(deed, undone)));
        UNDONE.forEach((deed, undone) -> require(
                participants.deeds().indexOf(deed) <= participants.deeds().indexOf(undone),
                "%s after %s".formatted(deed, undone)));
    }

    /** I6. A step may have happened when it was asked for and no refusal of it was taken in. */
    private void undosAreTheStepsThatMayHaveHappenedInReverse() {
        List<Class<?>> undos = firstSendings().stream().filter(UNDO::containsValue).toList();
        if (undos.isEmpty() && end.status() != Status.COMPENSATED) {
            return;
        }
        Set<MessageId> refused = taken.stream().filter(answer -> isRefusal(answer.event()))
                .map(Input.Answer::causationId).collect(Collectors.toSet());
        List<Class<?>> mayHaveHappened = sent.stream().filter(outgoing -> !refused.contains(outgoing.id()))
                .<Class<?>>map(outgoing -> outgoing.command().getClass()).filter(UNDO::containsKey).distinct().toList();
        List<Class<?>> expected = mayHaveHappened.reversed().stream().<Class<?>>map(UNDO::get).toList();
        boolean isOnItsWay = end.status() == Status.STUCK && undos.size() <= expected.size()
                && undos.equals(expected.subList(0, undos.size()));
        require(undos.equals(expected) || isOnItsWay,
                "Undone were %s, not %s".formatted(names(undos), names(expected)));
    }

    private void stuckForAReason() {
        boolean undoRefused = taken.stream().anyMatch(answer -> answer.event() instanceof CancellationRefused);
        Map<MessageId, Long> attempts = sent.stream()
                .collect(Collectors.groupingBy(Outgoing::id, Collectors.counting()));
        Set<MessageId> answered = taken.stream().map(Input.Answer::causationId).collect(Collectors.toSet());
        boolean exhausted = attempts.entrySet().stream().anyMatch(call -> !answered.contains(call.getKey())
                && call.getValue() == ExploredRun.PERSISTENT.attempts());
        require(undoRefused || exhausted, "Stuck without a reason");
        require(undoRefused || weather.loss() > 0, "Stuck, though every message has arrived");
    }

    private List<Class<?>> firstSendings() {
        return sent.stream().<Class<?>>map(outgoing -> outgoing.command().getClass()).distinct().toList();
    }

    private static List<String> names(List<Class<?>> commands) {
        return commands.stream().<String>map(Class::getSimpleName).toList();
    }

    private static boolean isRefusal(Event event) {
        return event instanceof StockRefused || event instanceof PaymentDeclined || event instanceof ShipmentRefused;
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new Violation(otherwise);
        }
    }
}
