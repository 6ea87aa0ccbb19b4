package dev.waybill.saga.engine;

import dev.waybill.events.Command;
import dev.waybill.events.Event;
import dev.waybill.events.InventoryCommand.ReleaseStock;
import dev.waybill.events.InventoryCommand.ReserveStock;
import dev.waybill.events.InventoryEvent.StockRefused;
import dev.waybill.events.MessageId;
import dev.waybill.events.OrderCommand.CancelOrder;
import dev.waybill.events.OrderCommand.RejectOrder;
import dev.waybill.events.PaymentCommand.AuthorizePayment;
import dev.waybill.events.PaymentCommand.VoidPayment;
import dev.waybill.events.PaymentEvent.PaymentCaptured;
import dev.waybill.events.PaymentEvent.PaymentDeclined;
import dev.waybill.events.PaymentEvent.RefundRefused;
import dev.waybill.events.ShippingCommand.BookShipment;
import dev.waybill.events.ShippingCommand.CancelShipment;
import dev.waybill.events.ShippingEvent.CancellationRefused;
import dev.waybill.events.ShippingEvent.ShipmentRefused;
import dev.waybill.saga.engine.ModelParticipants.Deed;
import dev.waybill.saga.engine.Transition.Outgoing;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What must hold when a run is over, told from the participants' books and from what was sent and answered. It knows the
 * order of the steps by itself and asks the engine for nothing but the status in which it ended.
 */
record FinalCheck(
        Explored<?> explored,
        Instance<?> end,
        Weather weather,
        List<Outgoing> sent,
        List<Input> taken,
        ModelParticipants participants) {

    private static final Map<Class<?>, Class<?>> UNDO = Map.of(
            ReserveStock.class, ReleaseStock.class,
            AuthorizePayment.class, VoidPayment.class,
            BookShipment.class, CancelShipment.class);
    private static final Map<Deed, Deed> UNDONE = Map.of(
            Deed.RESERVED, Deed.RELEASED, Deed.AUTHORIZED, Deed.VOIDED, Deed.BOOKED, Deed.CANCELLED);

    static boolean isOnTheWayBack(Command<?> command) {
        return UNDO.containsValue(command.getClass()) || command instanceof RejectOrder
                || command instanceof CancelOrder;
    }

    void check() {
        if (participants.has(Deed.CAPTURED) && UNDONE.values().stream().anyMatch(participants::has)) {
            throw new Violation("Both captured and compensated");
        }
        List<Input.Resolve> resolved = taken.stream().filter(Input.Resolve.class::isInstance)
                .map(Input.Resolve.class::cast).toList();
        if (!resolved.isEmpty()) {
            asAPersonHasDecided(resolved.getLast().as());
            return;
        }
        switch (end.status()) {
            case COMPLETED -> completed();
            case COMPENSATED -> compensated();
            case STUCK -> stuckForAReason();
            case RUNNING, COMPENSATING -> throw new Violation("It just stopped, " + end.status());
        }
        undosAreTheStepsThatMayHaveHappenedInReverse();
    }

    /**
     * Whoever decides answers for money, stock and parcel; but the order is told, and the saga ends by that and by nothing else.
     * A saga that cannot tell it waits for a person again, who may have skipped it then.
     */
    private void asAPersonHasDecided(Input.Resolution as) {
        require(end.status() == as.status() || end.status() == Status.STUCK,
                "Resolved as %s, and %s".formatted(as, end.status()));
        require(participants.deeds().stream().filter(ModelParticipants.ENDS::contains).count() <= 1,
                "It has two endings");
        switch (end.status()) {
            case COMPLETED -> require(participants.has(Deed.CONFIRMED) || isTaken(Input.Skip.class),
                    "Resolved, and the order was not told: not CONFIRMED");
            case COMPENSATED -> {
                require(participants.has(Deed.REJECTED) || participants.has(Deed.ORDER_CANCELLED),
                        "Resolved, and the order was not told: neither REJECTED nor ORDER_CANCELLED");
                require(answers().noneMatch(answer -> answer.event() instanceof PaymentCaptured),
                        "The order was ended, though it was captured and that was known");
            }
            case STUCK -> require(weather.loss() > 0 || !participants.answersAll(),
                    "Stuck, though every message has arrived");
            case RUNNING, COMPENSATING -> throw new Violation("It just stopped, " + end.status());
        }
    }

    /** What a person has skipped need not be done, and yet may be. */
    private void completed() {
        Set<Deed> deeds = Set.copyOf(participants.deeds());
        require(explored.allOfIt().containsAll(deeds), "It did more than all of it");
        require(deeds.containsAll(explored.allOfIt()) || isTaken(Input.Skip.class), "It did not do all of it");
    }

    /** Books have an order: what was undone stays undone, since nothing of it may come later. */
    private void compensated() {
        Deed ending = isTaken(Input.TurnBack.class) ? explored.calledOff() : Deed.REJECTED;
        require(participants.has(ending), "The order was not " + ending);
        require(!participants.has(Deed.REJECTED) || !participants.has(Deed.ORDER_CANCELLED), "It has two endings");
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
        Set<MessageId> refused = answers().filter(answer -> isRefusal(answer.event())).map(Input.Answer::causationId)
                .collect(Collectors.toSet());
        List<Class<?>> mayHaveHappened = sent.stream().filter(outgoing -> !refused.contains(outgoing.id()))
                .<Class<?>>map(outgoing -> outgoing.command().getClass()).filter(UNDO::containsKey).distinct().toList();
        List<Class<?>> expected = mayHaveHappened.reversed().stream().<Class<?>>map(UNDO::get).toList();
        boolean isOnItsWay = end.status() == Status.STUCK && undos.size() <= expected.size()
                && undos.equals(expected.subList(0, undos.size()));
        require(undos.equals(expected) || isOnItsWay,
                "Undone were %s, not %s".formatted(names(undos), names(expected)));
    }

    private void stuckForAReason() {
        boolean hardRefused = answers().anyMatch(answer -> answer.event() instanceof CancellationRefused
                || answer.event() instanceof RefundRefused);
        Map<MessageId, Long> attempts = sent.stream()
                .collect(Collectors.groupingBy(Outgoing::id, Collectors.counting()));
        Set<MessageId> answered = answers().map(Input.Answer::causationId).collect(Collectors.toSet());
        boolean exhausted = attempts.entrySet().stream().anyMatch(call -> !answered.contains(call.getKey())
                && call.getValue() >= Explored.PERSISTENT.attempts());
        require(hardRefused || exhausted, "Stuck without a reason");
        require(hardRefused || weather.loss() > 0, "Stuck, though every message has arrived");
    }

    private Stream<Input.Answer> answers() {
        return taken.stream().filter(Input.Answer.class::isInstance).map(Input.Answer.class::cast);
    }

    private boolean isTaken(Class<? extends Input.Request> request) {
        return taken.stream().anyMatch(request::isInstance);
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
