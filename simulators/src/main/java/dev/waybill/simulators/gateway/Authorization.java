package dev.waybill.simulators.gateway;

import dev.waybill.simulators.gateway.GatewayEntry.Charged;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Money held on a card. It can be captured once, wholly or in part, or voided, but not both; what was captured can be
 * refunded, in parts, and never more than that.
 */
final class Authorization {

    private final Charged authorized;
    private int effects = 1;
    private long captured;
    private long refunded;
    private boolean voided;

    private Authorization(Charged authorized) {
        this.authorized = authorized;
    }

    /** What has become of an authorization; null if there never was one. */
    static @Nullable Authorization from(List<GatewayEntry> history) {
        Authorization authorization = null;
        for (GatewayEntry entry : history) {
            if (entry instanceof Charged charged) {
                if (authorization == null) {
                    authorization = new Authorization(charged);
                } else {
                    authorization.apply(charged);
                }
            }
        }
        return authorization;
    }

    @Nullable Refusal refusalOfCapture(Money amount, Instant now, Duration lifetime) {
        if (voided) {
            return Refusal.VOIDED;
        }
        if (captured > 0) {
            return amount.sameCurrencyAs(authorized.amount()) && amount.amountMinor() == captured
                    ? Refusal.ALREADY_CAPTURED
                    : Refusal.CAPTURED_OTHERWISE;
        }
        if (!amount.sameCurrencyAs(authorized.amount()) || amount.amountMinor() > authorized.amount().amountMinor()) {
            return Refusal.NOT_AUTHORIZED;
        }
        return now.isAfter(authorized.at().plus(lifetime)) ? Refusal.AUTHORIZATION_EXPIRED : null;
    }

    @Nullable Refusal refusalOfVoid() {
        return captured > 0 ? Refusal.ALREADY_CAPTURED : null;
    }

    @Nullable Refusal refusalOfRefund(Money amount) {
        boolean covered = amount.sameCurrencyAs(authorized.amount()) && amount.amountMinor() <= captured - refunded;
        return covered ? null : Refusal.REFUND_EXCEEDS_CAPTURE;
    }

    private void apply(Charged charged) {
        effects = charged.number();
        switch (charged.kind()) {
            case AUTHORIZE -> throw new IllegalStateException(authorized.reference() + " is authorized already");
            case CAPTURE -> captured = charged.amount().amountMinor();
            case VOID -> voided = true;
            case REFUND -> refunded = Math.addExact(refunded, charged.amount().amountMinor());
        }
    }

    boolean isVoided() {
        return voided;
    }

    int nextNumber() {
        return effects + 1;
    }

    String reference() {
        return authorized.reference();
    }

    String orderId() {
        return authorized.orderId();
    }

    Money amount() {
        return authorized.amount();
    }
}
