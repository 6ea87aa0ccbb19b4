package dev.waybill.system.seed;

import dev.waybill.system.auditor.reading.Addresses;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Commands for an order that does not exist, as the orchestrator would send them. */
final class ForgedCommands {

    private ForgedCommands() {}

    /**
     * Stock is released that was never reserved, and then reserved, which is refused: one reservation says two things, in one
     * transaction, and no stock moves.
     *
     * @return the order's id
     */
    static String undoneBeforeItIsDone(Addresses addresses) throws ExecutionException, InterruptedException {
        String orderId = UUID.randomUUID().toString();
        // Both in one batch, so that they are consumed in one.
        Map<String, Object> settings = Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, addresses.kafka(),
                ProducerConfig.LINGER_MS_CONFIG, 500);
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            List<Future<RecordMetadata>> sent = List.of(
                    producer.send(command("release-stock", orderId, "{\"orderId\": \"%s\"}".formatted(orderId))),
                    producer.send(command("reserve-stock", orderId, """
                            {"orderId": "%s", "lines": [{"sku": "FILTER-04", "quantity": 1}]}
                            """.formatted(orderId))));
            for (Future<RecordMetadata> one : sent) {
                one.get();
            }
        }
        return orderId;
    }

    private static ProducerRecord<String, String> command(String name, String orderId, String payload) {
        var command = new ProducerRecord<>("inventory.commands", orderId, payload);
        Map.of("ce_specversion", "1.0", "ce_id", UUID.randomUUID().toString(), "ce_source", "/forger", "ce_type",
                "dev.waybill.inventory.%s.v1".formatted(name), "ce_subject", "inventory/" + orderId, "ce_time",
                Instant.now().toString(), "ce_partitionkey", orderId, "ce_logicaltime", "1", "ce_correlationid",
                orderId, "content-type", "application/json")
                .forEach((header, value) -> command.headers().add(header, value.getBytes(UTF_8)));
        return command;
    }
}
