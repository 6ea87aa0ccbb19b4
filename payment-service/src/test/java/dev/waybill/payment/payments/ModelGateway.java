package dev.waybill.payment.payments;

import dev.waybill.events.Money;
import dev.waybill.events.OrderId;
import dev.waybill.events.PaymentEvent.CaptureRefusal;
import dev.waybill.events.PaymentEvent.DeclineReason;
import dev.waybill.events.PaymentMethod;
import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;

/** A gateway that keeps its books by key, declines and lapses at random, and often loses requests or answers on the way. */
final class ModelGateway implements Gateway {

    private final Random random;
    private final Map<UUID, GatewayAnswer> books = new HashMap<>();

    boolean reliable;
    int holds;
    int captures;
    int voids;
    boolean lapsed;

    ModelGateway(Random random) {
        this.random = random;
    }

    @Override
    public GatewayAnswer.ToAuthorization authorize(
            UUID key, OrderId orderId, Money amount, PaymentMethod paymentMethod) {
        return (GatewayAnswer.ToAuthorization) overTheWire(key, () -> {
            if (random.nextInt(4) == 0) {
                return new GatewayAnswer.Declined(DeclineReason.CARD_DECLINED);
            }
            holds++;
            return new GatewayAnswer.Authorized("auth-" + holds);
        });
    }

    @Override
    public GatewayAnswer.ToVoid voidAuthorization(UUID key, String reference) {
        return (GatewayAnswer.ToVoid) overTheWire(key, () -> {
            voids++;
            return new GatewayAnswer.Voided();
        });
    }

    @Override
    public GatewayAnswer.ToCapture capture(UUID key, String reference, Money amount) {
        return (GatewayAnswer.ToCapture) overTheWire(key, () -> {
            if (random.nextInt(6) == 0) {
                lapsed = true;
                return new GatewayAnswer.CaptureNotPossible(CaptureRefusal.AUTHORIZATION_EXPIRED);
            }
            captures++;
            return new GatewayAnswer.Captured();
        });
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
