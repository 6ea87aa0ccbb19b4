package dev.waybill.simulators.carrier;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.waybill.simulators.books.Entry;
import dev.waybill.simulators.books.Request;
import org.jspecify.annotations.Nullable;

import java.time.Instant;

/** A line of the carrier's book. Of an address it keeps the country only. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "entry")
@JsonSubTypes({@JsonSubTypes.Type(value = CarrierEntry.Booked.class, name = "booked"),
        @JsonSubTypes.Type(value = CarrierEntry.Moved.class, name = "moved"),
        @JsonSubTypes.Type(value = CarrierEntry.AlreadyThere.class, name = "already-there"),
        @JsonSubTypes.Type(value = CarrierEntry.Refused.class, name = "refused")})
sealed interface CarrierEntry extends Entry {

    /**
     * A shipment was booked.
     *
     * @param webhooks how many are sent about it
     */
    record Booked(
            Request request,
            String trackingNumber,
            String orderId,
            String country,
            Instant at,
            int webhooks) implements CarrierEntry {

        @Override
        public String subject() {
            return trackingNumber;
        }
    }

    /**
     * A shipment got another status.
     *
     * @param request none for a scan
     * @param number counts what happened to this shipment: 1 is the booking
     * @param webhooks how many are sent about it
     */
    record Moved(
            @Nullable Request request,
            String trackingNumber,
            int number,
            String orderId,
            ShipmentStatus status,
            Instant at,
            int webhooks) implements CarrierEntry {

        @Override
        public String subject() {
            return trackingNumber;
        }
    }

    /** What was asked for had been done under another key. */
    record AlreadyThere(Request request, String trackingNumber, ShipmentStatus status) implements CarrierEntry {}

    /** Nothing was done, and nothing will be under this key. */
    record Refused(Request request, Refusal refusal) implements CarrierEntry {}
}
