package dev.waybill.simulators.gateway;

import dev.waybill.simulators.books.Request;
import dev.waybill.simulators.gateway.GatewayEntry.AlreadyVoided;
import dev.waybill.simulators.gateway.GatewayEntry.Charged;
import dev.waybill.simulators.gateway.GatewayEntry.Refused;
import dev.waybill.simulators.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * What the gateway may do. It decides from what has happened so far and answers the entry to write down; it remembers
 * nothing, and leaves thread safety and repeated keys to the books.
 */
final class GatewayLedger {

    private final Clock clock;
    private final Duration authorizationLifetime;
    private final Supplier<String> references;
    private final IntSupplier webhooks;
    private final Function<String, List<GatewayEntry>> history;

    /**
     * @param references makes up a reference that was never used
     * @param webhooks how many are sent about the next effect
     * @param history what has happened to an authorization, by its reference
     */
    GatewayLedger(
            Clock clock,
            Duration authorizationLifetime,
            Supplier<String> references,
            IntSupplier webhooks,
            Function<String, List<GatewayEntry>> history) {
        this.clock = clock;
        this.authorizationLifetime = authorizationLifetime;
        this.references = references;
        this.webhooks = webhooks;
        this.history = history;
    }

    /** @param told whether webhooks are sent about it */
    GatewayEntry authorize(
            Request request, String orderId, Money amount, @Nullable Refusal refusal, boolean told) {
        return refusal != null
                ? new Refused(request, refusal)
                : new Charged(
                        request,
                        ChargeKind.AUTHORIZE,
                        references.get(),
                        1,
                        orderId,
                        amount,
                        clock.instant(),
                        told ? webhooks.getAsInt() : 0);
    }

    GatewayEntry capture(Request request, String reference, Money amount) {
        Authorization authorization = Authorization.from(history.apply(reference));
        if (authorization == null) {
            return new Refused(request, Refusal.NOT_AUTHORIZED);
        }
        Instant now = clock.instant();
        Refusal refusal = authorization.refusalOfCapture(amount, now, authorizationLifetime);
        return refusal != null
                ? new Refused(request, refusal)
                : charged(request, ChargeKind.CAPTURE, authorization, amount, now);
    }

    GatewayEntry cancel(Request request, String reference) {
        Authorization authorization = existing(reference);
        if (authorization.isVoided()) {
            return new AlreadyVoided(request, authorization.reference());
        }
        Refusal refusal = authorization.refusalOfVoid();
        return refusal != null
                ? new Refused(request, refusal)
                : charged(request, ChargeKind.VOID, authorization, authorization.amount(), clock.instant());
    }

    GatewayEntry refund(Request request, String reference, Money amount) {
        Authorization authorization = existing(reference);
        Refusal refusal = authorization.refusalOfRefund(amount);
        return refusal != null
                ? new Refused(request, refusal)
                : charged(request, ChargeKind.REFUND, authorization, amount, clock.instant());
    }

    private GatewayEntry charged(
            Request request, ChargeKind kind, Authorization authorization, Money amount, Instant at) {
        return new Charged(
                request,
                kind,
                authorization.reference(),
                authorization.nextNumber(),
                authorization.orderId(),
                amount,
                at,
                webhooks.getAsInt());
    }

    private Authorization existing(String reference) {
        Authorization authorization = Authorization.from(history.apply(reference));
        if (authorization == null) {
            throw new ProblemException(HttpStatus.NOT_FOUND, "NO_SUCH_AUTHORIZATION", "There is no such authorization");
        }
        return authorization;
    }
}
