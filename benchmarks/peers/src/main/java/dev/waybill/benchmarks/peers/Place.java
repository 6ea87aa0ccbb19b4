package dev.waybill.benchmarks.peers;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where a peer works.
 *
 * @param databasePort of PostgreSQL on this machine
 * @param directory for files of its own
 */
record Place(int databasePort, String database, int kafkaPort, String topic, Path directory) {

    static final String USER = "postgres";
    static final String PASSWORD = "waybill";

    String url() {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(databasePort, database);
    }

    String broker() {
        return "127.0.0.1:" + kafkaPort;
    }

    /** As durable as ours. */
    Producer<String, byte[]> producer() {
        return new KafkaProducer<>(Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker(), ProducerConfig.ACKS_CONFIG,
                "all", ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true), new StringSerializer(),
                new ByteArraySerializer());
    }
}
