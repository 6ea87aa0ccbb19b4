package dev.waybill.system.driver;

import dev.waybill.system.auditor.reading.Addresses;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Somebody with a producer who writes to the topics what no service has said. The audits are told where it came to stand: they
 * pass over the record itself, and over nothing that comes of it.
 */
public final class Stranger implements AutoCloseable {

    /** More than the broker takes: what is too large is for the broker to say. */
    private static final int NO_BOUND_OF_ITS_OWN = 10 * 1024 * 1024;

    private final KafkaProducer<String, byte[]> producer;
    private final Consumer<String> places;

    Stranger(Addresses addresses, Consumer<String> places) {
        this.producer = new KafkaProducer<>(Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, addresses.kafka(),
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG, NO_BOUND_OF_ITS_OWN), new StringSerializer(),
                new ByteArraySerializer());
        this.places = places;
    }

    /** They stand on their topics when this returns, those of one partition in this order. */
    public void write(List<ProducerRecord<String, byte[]>> records) {
        List<Future<RecordMetadata>> written = new ArrayList<>();
        records.forEach(record -> written.add(producer.send(record)));
        try {
            for (Future<RecordMetadata> one : written) {
                places.accept(one.get().toString());
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("The broker did not take it", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
