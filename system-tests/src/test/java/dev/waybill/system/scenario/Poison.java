package dev.waybill.system.scenario;

import dev.waybill.system.auditor.reading.Addresses.Service;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import static dev.waybill.system.auditor.reading.Addresses.Service.INVENTORY;
import static dev.waybill.system.auditor.reading.Addresses.Service.NOTIFICATION;
import static dev.waybill.system.auditor.reading.Addresses.Service.ORDER;
import static dev.waybill.system.auditor.reading.Addresses.Service.PAYMENT;
import static dev.waybill.system.auditor.reading.Addresses.Service.SAGA;
import static dev.waybill.system.auditor.reading.Addresses.Service.SHIPPING;
import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * What may stand on a topic and cannot be taken.
 *
 * @param missing a header that it does not have
 * @param parkedAt who has to put it aside
 */
public record Poison(String kind, String topic, String type, String payload, String missing, Set<Service> parkedAt) {

    private static final String FINE = "{\"orderId\": \"ORDER\"}";
    /** Stands for so many bytes that they, the key and the headers come to what a broker takes as it is set. */
    private static final String LARGE = "as large as it gets";
    private static final int LARGEST = 1_047_000;

    /** One of each kind. */
    static final List<Poison> OF_EVERY_KIND = List.of(
            new Poison("a command that is no JSON", "payment.commands", "payment.capture", "no json", "",
                    Set.of(PAYMENT)),
            new Poison("a command of an unknown type", "payment.commands", "payment.explode", FINE, "",
                    Set.of(PAYMENT)),
            new Poison("a command that does not bind", "inventory.commands", "inventory.reserve-stock",
                    "{\"orderId\": \"ORDER\", \"lines\": \"all there are\"}", "", Set.of(INVENTORY)),
            new Poison("a command that breaks an invariant", "inventory.commands", "inventory.reserve-stock",
                    "{\"orderId\": \"ORDER\", \"lines\": [{\"sku\": \"FILTER-04\", \"quantity\": -1}]}", "",
                    Set.of(INVENTORY)),
            new Poison("as large as the broker takes", "shipping.commands", "shipping.cancel-shipment", LARGE, "",
                    Set.of(SHIPPING)),
            new Poison("a command without an id", "shipping.commands", "shipping.cancel-shipment", FINE, "ce_id",
                    Set.of(SHIPPING)),
            new Poison("a command about another order than its key", "order.commands", "order.confirm",
                    "{\"orderId\": \"0199f3a1-6c3e-7d52-9b1a-5f0c2e8d4a10\"}", "", Set.of(ORDER)),
            new Poison("a command that is empty", "order.commands", "order.confirm", "", "", Set.of(ORDER)),
            new Poison("an event without a type", "inventory.events", "inventory.stock-reserved", FINE, "ce_type",
                    Set.of(ORDER, SAGA)),
            new Poison("an event that is no JSON", "order.events", "order.placed", "\u0000\u0001", "",
                    Set.of(ORDER, SAGA, NOTIFICATION)),
            // A newer producer's: for nobody yet, so it is passed over and counted.
            new Poison("an event of an unknown type", "order.events", "order.teleported", FINE, "", Set.of()));

    @Override
    public String toString() {
        return kind;
    }

    /** @param key of an order that there is not, so that it is in no real one's way */
    ProducerRecord<String, byte[]> record(String key, int partition) {
        byte[] bytes = payload.equals(LARGE) ? new byte[LARGEST] : payload.replace("ORDER", key).getBytes(UTF_8);
        return message(topic, partition, "dev.waybill.%s.v1".formatted(type), key, bytes, missing);
    }

    /** As the orchestrator would send it. */
    public static ProducerRecord<String, byte[]> command(String type, String key, String payload) {
        return message("inventory.commands", null, "dev.waybill.inventory.%s.v1".formatted(type), key,
                payload.getBytes(UTF_8), "");
    }

    private static ProducerRecord<String, byte[]> message(String topic, @Nullable Integer partition, String type,
            String key, byte[] payload, String missing) {
        var record = new ProducerRecord<>(topic, partition, key, payload);
        Map<String, String> headers = new HashMap<>(Map.of("ce_specversion", "1.0", "ce_id",
                UUID.randomUUID().toString(), "ce_source", "/stranger", "ce_type", type, "ce_subject",
                "stranger/" + key, "ce_time", Instant.now().toString(), "ce_partitionkey", key, "ce_logicaltime", "1",
                "ce_correlationid", key, "content-type", "application/json"));
        headers.remove(missing);
        headers.forEach((name, value) -> record.headers().add(name, value.getBytes(UTF_8)));
        return record;
    }
}
