package dev.waybill.simulators.gateway;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.waybill.simulators.books.Entry;
import dev.waybill.simulators.books.Request;

import java.time.Instant;

/** A line of the gateway's book: an answer that was given for good, with its effect if it had one. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "entry")
@JsonSubTypes({@JsonSubTypes.Type(value = GatewayEntry.Charged.class, name = "charged"),
        @JsonSubTypes.Type(value = GatewayEntry.AlreadyVoided.class, name = "already-voided"),
        @JsonSubTypes.Type(value = GatewayEntry.Refused.class, name = "refused")})
sealed interface GatewayEntry extends Entry {

    @Override
    Request request();

    /**
     * Something was done to the card.
     *
     * @param reference of the authorization
     * @param number counts the effects on this authorization: 1 is the authorization itself
     * @param webhooks how many are sent about it
     */
    record Charged(
            Request request,
            ChargeKind kind,
            String reference,
            int number,
            String orderId,
            Money amount,
            Instant at,
            int webhooks) implements GatewayEntry {

        @Override
        public String subject() {
            return reference;
        }
    }

    /** What was to be voided had been voided under another key. */
    record AlreadyVoided(Request request, String reference) implements GatewayEntry {}

    /** Nothing was done, and nothing will be under this key. */
    record Refused(Request request, Refusal refusal) implements GatewayEntry {}
}
