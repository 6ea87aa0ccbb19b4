package dev.waybill.system.seed;

import dev.waybill.system.auditor.evidence.Fact.Heard;
import dev.waybill.system.auditor.reading.Addresses;
import dev.waybill.system.auditor.reading.Transcript;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/** Delivers messages once more: the same key, headers and payload, at the end of their partition. */
final class Duplicates {

    private Duplicates() {}

    static void of(List<Heard> records, Transcript transcript, Addresses addresses)
            throws ExecutionException, InterruptedException {
        Map<String, Object> settings = Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, addresses.kafka());
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            for (Heard record : records) {
                var copy = new ProducerRecord<>(record.letter().topic(), record.partition(), record.letter().key(),
                        transcript.payload(record));
                transcript.headers(record).forEach(
                        (name, value) -> copy.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
                producer.send(copy).get();
            }
        }
    }
}
