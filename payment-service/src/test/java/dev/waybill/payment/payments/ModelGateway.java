package dev.waybill.payment.payments;

import dev.waybill.events.Money;
import dev.waybill.events.OrderId;
import dev.waybill.events.PaymentEvent.CaptureRefusal;
import dev.waybill.events.PaymentEvent.DeclineReason;
import dev.waybill.events.PaymentEvent.RefundRefusal;
import dev.waybill.events.PaymentMethod;
import dev.waybill.payment.payments.GatewayWebhook.Kind;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * A gateway that keeps its books by key, declines and lapses at random, often loses requests or answers on the way, and has a
 * webhook ready for each of its effects.
 */
final class ModelGateway implements Gateway {

    private final Random random;
    private final OrderId order;
    private final Map<UUID, GatewayAnswer> books = new HashMap<>();
    private final Map<UUID, Money> asked = new HashMap<>();
    final List<GatewayWebhook> webhooks = new ArrayList<>();

    boolean reliable;
    int holds;
    int captures;
    int voids;
    int lapses;
    int refunds;
    int elsewhere;
    private String capturedOn = "";
    long captured;
    long refunded;

    ModelGateway(Random random, OrderId order) {
        this.random = random;
        this.order = order;
    }

    @Override
    public GatewayAnswer.ToAuthorization authorize(
            UUID key, OrderId orderId, Money amount, PaymentMethod paymentMethod) {
        return (GatewayAnswer.ToAuthorization) overTheWire(key, () -> {
            if (random.nextInt(4) == 0) {
                return new GatewayAnswer.Declined(DeclineReason.CARD_DECLINED);
            }
            holds++;
            String reference = "auth-%d-%s".formatted(holds, order);
            tell(Kind.AUTHORIZE, reference, amount, key);
            return new GatewayAnswer.Authorized(reference);
        });
    }

    @Override
    public GatewayAnswer.ToVoid voidAuthorization(UUID key, String reference) {
        return (GatewayAnswer.ToVoid) overTheWire(key, () -> {
            voids++;
            tell(Kind.VOID, reference, Money.of(500, "JPY"), key);
            return new GatewayAnswer.Voided();
        });
    }

    @Override
    public GatewayAnswer.ToCapture capture(UUID key, String reference, Money amount) {
        return (GatewayAnswer.ToCapture) overTheWire(key, () -> {
            if (random.nextInt(6) == 0) {
                lapses++;
                return new GatewayAnswer.CaptureNotPossible(
                        random.nextInt(4) == 0
                                ? CaptureRefusal.REFUSED_BY_GATEWAY
                                : CaptureRefusal.AUTHORIZATION_EXPIRED);
            }
            captures++;
            capturedOn = reference;
            captured += amount.amountMinor();
            tell(Kind.CAPTURE, reference, amount, key);
            return new GatewayAnswer.Captured();
        });
    }

    @Override
    public GatewayAnswer.ToRefund refund(UUID key, String reference, Money amount) {
        Money before = asked.putIfAbsent(key, amount);
        if (before != null && !before.equals(amount)) {
            throw new AssertionError("The key of a refund of %s comes again with %s".formatted(before, amount));
        }
        return (GatewayAnswer.ToRefund) overTheWire(key, () -> {
            if (random.nextInt(4) == 0) {
                return new GatewayAnswer.RefundNotPossible(RefundRefusal.REFUSED_BY_GATEWAY);
            }
            if (amount.amountMinor() > captured - refunded) {
                return new GatewayAnswer.RefundNotPossible(RefundRefusal.EXCEEDS_CAPTURED);
            }
            refunds++;
            refunded += amount.amountMinor();
            tell(Kind.REFUND, reference, amount, key);
            return new GatewayAnswer.Refunded(amount, key.toString());
        });
    }

    /** Somebody gives money back in the gateway's own console. */
    void refundElsewhere(Money amount, @Nullable UUID key) {
        if (amount.amountMinor() > 0 && amount.amountMinor() <= captured - refunded) {
            elsewhere++;
            refunded += amount.amountMinor();
            tell(Kind.REFUND, capturedOn, amount, key);
        }
    }

    private void tell(Kind kind, String reference, Money amount, @Nullable UUID key) {
        webhooks.add(new GatewayWebhook("w-" + webhooks.size(), kind, reference, order.toString(), amount,
                key == null ? null : key.toString()));
    }

    private GatewayAnswer overTheWire(UUID key, Supplier<GatewayAnswer> effect) {
        lose("the request");
        @Nullable GatewayAnswer known = books.get(key);
        GatewayAnswer answer = known == null ? effect.get() : known;
        books.put(key, answer);
        lose("the answer");
        return answer;
    }

    private void lose(String what) {
        if (!reliable && random.nextInt(3) == 0) {
            throw new IllegalStateException(what + " is lost");
        }
    }
}
