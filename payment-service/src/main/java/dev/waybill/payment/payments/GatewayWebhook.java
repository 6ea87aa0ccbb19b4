package dev.waybill.payment.payments;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import dev.waybill.events.Money;
import dev.waybill.events.OrderId;
import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.UUID;

/**
 * What the gateway tells by itself, about an effect that it has had. It may tell it before it answers our call, instead of
 * answering, twice, and in any order.
 *
 * @param id the same however often it is told
 * @param reference of the authorization
 * @param orderId as the gateway was told it, perhaps by somebody else
 * @param idempotencyKey what the gateway was asked with; another than ours, or none, where it was not asked by us
 */
record GatewayWebhook(
        String id,
        @Nullable Kind kind,
        @Nullable String reference,
        @Nullable String orderId,
        @Nullable Money amount,
        @Nullable String idempotencyKey) {

    private static final int LONGEST = 200;

    GatewayWebhook {
        id = text("An id", id);
        if (reference != null) {
            reference = text("A reference", reference);
        }
        if (idempotencyKey != null) {
            idempotencyKey = text("An idempotency key", idempotencyKey);
        }
    }

    /** What has happened. */
    enum Kind {
        AUTHORIZE, CAPTURE, VOID, REFUND, @JsonEnumDefaultValue
        UNKNOWN
    }

    /** What it came to. The names are stored. */
    enum Effect {
        /** It answered the call that was under way. */
        SETTLED,
        /** It was known already, mostly by the call's own answer. */
        KNOWN,
        /** Money was given back, and not by us: recorded as a refund like any other. */
        MADE_ELSEWHERE,
        /** It is about a payment that there is not. */
        UNKNOWN_PAYMENT,
        /** It does not go together with what is known of the payment: for a person to look at. */
        CONTRADICTS,
        /** It is of a kind that is not known here, or lacks what a webhook of its kind has. */
        NOT_UNDERSTOOD
    }

    Kind what() {
        return kind == null ? Kind.UNKNOWN : kind;
    }

    /** None where it is no order of ours that it names. */
    Optional<OrderId> order() {
        try {
            return Optional.ofNullable(orderId).map(UUID::fromString).map(OrderId::new);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** None where it cannot be ours. */
    Optional<UUID> ourKey() {
        try {
            return Optional.ofNullable(idempotencyKey).map(UUID::fromString);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** What the effect that it tells of is known by: the key, or where it has none, the webhook's own id. */
    String key() {
        return idempotencyKey == null ? id : idempotencyKey;
    }

    private static String text(String what, @Nullable String text) {
        if (text == null || text.isBlank() || text.length() > LONGEST || !text.matches("\\P{Cntrl}*")) {
            throw new IllegalArgumentException("%s of 1 to %d characters is wanted".formatted(what, LONGEST));
        }
        return text;
    }
}
