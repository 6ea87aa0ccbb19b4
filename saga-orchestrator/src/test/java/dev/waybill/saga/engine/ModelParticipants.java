package dev.waybill.saga.engine;

import dev.waybill.events.Command;
import dev.waybill.events.Event;
import dev.waybill.events.InventoryCommand.CommitStock;
import dev.waybill.events.InventoryCommand.ReleaseStock;
import dev.waybill.events.InventoryCommand.ReserveStock;
import dev.waybill.events.InventoryCommand.Restock;
import dev.waybill.events.OrderCommand.CancelOrder;
import dev.waybill.events.OrderCommand.CompleteReturn;
import dev.waybill.events.OrderCommand.ConfirmOrder;
import dev.waybill.events.OrderCommand.RefuseReturn;
import dev.waybill.events.OrderCommand.ReinstateOrder;
import dev.waybill.events.OrderCommand.RejectOrder;
import dev.waybill.events.PaymentCommand.AuthorizePayment;
import dev.waybill.events.PaymentCommand.CapturePayment;
import dev.waybill.events.PaymentCommand.RefundPayment;
import dev.waybill.events.PaymentCommand.VoidPayment;
import dev.waybill.events.ShippingCommand.BookShipment;
import dev.waybill.events.ShippingCommand.CancelShipment;
import dev.waybill.events.ShippingCommand.DispatchShipment;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * The four services, reduced to their books: what has had its effect, in order. They keep what participants promise: an
 * action that comes after its undo is refused, and they never act on what they know to be wrong; that shows up as a
 * {@link Violation}.
 */
final class ModelParticipants {

    /** Something that had an effect. */
    enum Deed {
        RESERVED, RELEASED, AUTHORIZED, VOIDED, BOOKED, CANCELLED, CAPTURED, COMMITTED, DISPATCHED, CONFIRMED, REJECTED,
        REFUNDED, ORDER_CANCELLED
    }

    static final Set<Deed> ENDS = EnumSet.of(Deed.CONFIRMED, Deed.REJECTED, Deed.ORDER_CANCELLED);

    private final SampleOrder order;
    private final RandomGenerator random;
    private final double refusals;
    private final double hardRefusals;
    private final List<Deed> deeds = new ArrayList<>();
    private final Set<Deed> fenced = EnumSet.noneOf(Deed.class);
    private int lateActions;
    private boolean resolved;
    private boolean contradicted;

    ModelParticipants(SampleOrder order, RandomGenerator random, double refusals, double hardRefusals) {
        this.order = order;
        this.random = random;
        this.refusals = refusals;
        this.hardRefusals = hardRefusals;
    }

    List<Deed> deeds() {
        return deeds;
    }

    boolean has(Deed deed) {
        return deeds.contains(deed);
    }

    /** Whether no command contradicted what is so. */
    boolean answersAll() {
        return !contradicted;
    }

    /** How many actions came after their undo and were refused for it. */
    int lateActions() {
        return lateActions;
    }

    /** From now on the order may be told what contradicts the rest, or what it was told before. */
    void aPersonHasResolved() {
        resolved = true;
    }

    /** Acts on a command that was never seen before. Nothing: it contradicts what is so, and waits for a person. */
    @Nullable Event handle(Command<?> command) {
        return switch (command) {
            case ReserveStock _ -> action(Deed.RESERVED, order.stockReserved(), order.stockRefused());
            case ReleaseStock _ -> undo(Deed.RESERVED, Deed.RELEASED, order.stockReleased());
            case CommitStock _ -> effect(Deed.COMMITTED, order.stockCommitted(), Deed.RESERVED, Deed.RELEASED);
            case AuthorizePayment _ -> action(Deed.AUTHORIZED, order.authorized(), order.declined());
            case VoidPayment _ -> undo(Deed.AUTHORIZED, Deed.VOIDED, order.voided());
            case CapturePayment _ -> has(Deed.AUTHORIZED) && !has(Deed.VOIDED)
                    ? action(Deed.CAPTURED, order.captured(), order.captureRefused())
                    : order.captureRefused();
            case BookShipment _ -> action(Deed.BOOKED, order.booked(), order.bookingRefused());
            case CancelShipment _ -> has(Deed.BOOKED) && random.nextDouble() < hardRefusals
                    ? order.cancellationRefused()
                    : undo(Deed.BOOKED, Deed.CANCELLED, order.cancelled());
            case DispatchShipment _ -> effect(Deed.DISPATCHED, order.dispatched(), Deed.CAPTURED, Deed.CANCELLED);
            case ConfirmOrder _ -> resolved
                    ? told(Deed.CONFIRMED, order.confirmed())
                    : effect(Deed.CONFIRMED, order.confirmed(), Deed.CAPTURED, Deed.REJECTED);
            case RejectOrder reject -> resolved
                    ? told(Deed.REJECTED, order.rejected(reject.reason()))
                    : effect(Deed.REJECTED, order.rejected(reject.reason()), null, Deed.CONFIRMED);
            case CancelOrder _ -> resolved
                    ? told(Deed.ORDER_CANCELLED, order.orderCancelled())
                    : effect(Deed.ORDER_CANCELLED, order.orderCancelled(), null, Deed.CONFIRMED);
            case RefundPayment refund -> random.nextDouble() < hardRefusals
                    ? order.refundRefused(refund.refundId())
                    : effect(Deed.REFUNDED, order.refunded(refund.refundId()), Deed.CAPTURED, Deed.VOIDED);
            case ReinstateOrder _,CompleteReturn _,RefuseReturn _,Restock _ ->
                throw new Violation("None of the explored sends " + command);
        };
    }

    private Event action(Deed deed, Event done, Event refused) {
        if (fenced.contains(deed)) {
            lateActions++;
            return refused;
        }
        if (random.nextDouble() < refusals) {
            return refused;
        }
        enter(deed);
        return done;
    }

    private Event undo(Deed deed, Deed undoing, Event answer) {
        fenced.add(deed);
        if (has(deed)) {
            enter(undoing);
        }
        return answer;
    }

    private Event effect(Deed deed, Event answer, @Nullable Deed needs, Deed forbids) {
        if (needs != null && !has(needs)) {
            throw new Violation("%s, but not %s".formatted(deed, needs));
        }
        if (has(forbids)) {
            throw new Violation("%s, though %s".formatted(deed, forbids));
        }
        enter(deed);
        return answer;
    }

    /** As the order has it: it says the same again, and never what contradicts it. */
    private @Nullable Event told(Deed deed, Event answer) {
        if (has(deed)) {
            return answer;
        }
        if (ENDS.stream().anyMatch(this::has)) {
            contradicted = true;
            return null;
        }
        enter(deed);
        return answer;
    }

    private void enter(Deed deed) {
        if (has(deed)) {
            throw new Violation(deed + " twice");
        }
        deeds.add(deed);
    }
}
