package dev.waybill.shipping.shipments;

import jakarta.persistence.AttributeConverter;
import tools.jackson.databind.json.JsonMapper;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** What a shipment has been, and since when; a handful of entries, kept in the shipment's own row. */
record ShipmentHistory(List<Entry> entries) {

    static final ShipmentHistory EMPTY = new ShipmentHistory(List.of());

    /** The shipment was this from then on. */
    record Entry(Instant at, ShipmentStatus status) {}

    ShipmentHistory {
        entries = List.copyOf(entries);
    }

    ShipmentHistory with(ShipmentStatus status, Instant at) {
        return new ShipmentHistory(Stream.concat(entries.stream(), Stream.of(new Entry(at, status))).toList());
    }

    /** How it is stored. */
    static final class AsJson implements AttributeConverter<ShipmentHistory, String> {

        private static final JsonMapper JSON = JsonMapper.builder().build();

        @Override
        public String convertToDatabaseColumn(ShipmentHistory history) {
            return JSON.writeValueAsString(history.entries());
        }

        @Override
        public ShipmentHistory convertToEntityAttribute(String json) {
            return new ShipmentHistory(List.of(JSON.readValue(json, Entry[].class)));
        }
    }
}
