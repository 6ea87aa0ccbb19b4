package dev.waybill.shipping.shipments;

import jakarta.persistence.AttributeConverter;
import tools.jackson.databind.json.JsonMapper;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the carrier's drivers have scanned of a parcel, in the order of the carrier's clock and each status once; kept in the
 * shipment's own row.
 */
record ParcelScans(List<Scan> scans) {

    static final ParcelScans NONE = new ParcelScans(List.of());

    /** @param at by the carrier's clock */
    record Scan(Instant at, ParcelStatus status) {}

    ParcelScans {
        scans = List.copyOf(scans);
    }

    boolean have(ParcelStatus status) {
        return scans.stream().anyMatch(scan -> scan.status() == status);
    }

    ParcelScans with(Scan scan) {
        return have(scan.status())
                ? this
                : new ParcelScans(
                        Stream.concat(scans.stream(), Stream.of(scan))
                                .sorted(Comparator.comparing(Scan::at).thenComparing(Scan::status)).toList());
    }

    /** How it is stored. */
    static final class AsJson implements AttributeConverter<ParcelScans, String> {

        private static final JsonMapper JSON = JsonMapper.builder().build();

        @Override
        public String convertToDatabaseColumn(ParcelScans scans) {
            return JSON.writeValueAsString(scans.scans());
        }

        @Override
        public ParcelScans convertToEntityAttribute(String json) {
            return new ParcelScans(List.of(JSON.readValue(json, Scan[].class)));
        }
    }
}
