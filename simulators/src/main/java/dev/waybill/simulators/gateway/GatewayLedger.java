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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What the gateway knows. Deciding changes nothing and answers the entry to write down; applying an entry changes what the
 * next decision sees. It leaves thread safety and repeated keys to the books.
 */
final class GatewayLedger {

    private final Clock clock;
    private final Duration authorizationLifetime;
    private final Supplier<String> references;
    private final Map<String, Authorization> authorizations = new HashMap<>();
    private final Map<String, List<Charged>> byOrder = new HashMap<>();
    private final List<Charged> charges = new ArrayList<>();

    /**
     * @param references makes up a new reference
     */
    GatewayLedger(Clock clock, Duration authorizationLifetime, Supplier<String> references) {
        this.clock = clock;
        this.authorizationLifetime = authorizationLifetime;
        this.references = references;
    }

    GatewayEntry authorize(Request request, String orderId, Money amount, @Nullable Refusal refusal) {
        return refusal != null
                ? new Refused(request, refusal)
                : new Charged(request, ChargeKind.AUTHORIZE, unusedReference(), 1, orderId, amount, clock.instant());
    }

    GatewayEntry capture(Request request, String reference, Money amount) {
        Authorization authorization = authorizations.get(reference);
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

    void apply(GatewayEntry entry) {
        switch (entry) {
            case Charged charged -> {
                Authorization authorization = authorizations.get(charged.reference());
                if (authorization == null) {
                    authorizations.put(charged.reference(), new Authorization(charged));
                } else {
                    authorization.apply(charged);
                }
                charges.add(charged);
                byOrder.computeIfAbsent(charged.orderId(), order -> new ArrayList<>(2)).add(charged);
            }
            case AlreadyVoided repeated -> {
            }
            case Refused refused -> {
            }
        }
    }

    /** The effects, in their order. */
    List<Charged> charges(@Nullable String orderId) {
        return List.copyOf(orderId == null ? charges : byOrder.getOrDefault(orderId, List.of()));
    }

    private static GatewayEntry charged(
            Request request, ChargeKind kind, Authorization authorization, Money amount, Instant at) {
        return new Charged(
                request,
                kind,
                authorization.reference(),
                authorization.nextNumber(),
                authorization.orderId(),
                amount,
                at);
    }

    private Authorization existing(String reference) {
        Authorization authorization = authorizations.get(reference);
        if (authorization == null) {
            throw new ProblemException(HttpStatus.NOT_FOUND, "NO_SUCH_AUTHORIZATION", "There is no such authorization");
        }
        return authorization;
    }

    private String unusedReference() {
        String reference = references.get();
        while (authorizations.containsKey(reference)) {
            reference = references.get();
        }
        return reference;
    }
}
