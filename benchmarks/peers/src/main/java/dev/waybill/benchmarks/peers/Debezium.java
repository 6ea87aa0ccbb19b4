package dev.waybill.benchmarks.peers;

import io.debezium.embedded.Connect;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.DebeziumEngine.RecordCommitter;
import io.debezium.engine.RecordChangeEvent;
import io.debezium.engine.format.ChangeEventFormat;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Debezium's engine with its outbox event router, on a table with our columns, through logical replication. The engine is
 * what Debezium Server runs; what follows it here is what Debezium Server's Kafka sink does (send a batch, wait for all of it,
 * mark it), without the server's conversion of keys and values. The table is filled by whoever measures.
 */
final class Debezium implements Peer {

    private final Place place;
    private final Producer<String, byte[]> producer;
    private final ExecutorService executor = Executors.newSingleThreadExecutor();
    private @Nullable DebeziumEngine<RecordChangeEvent<SourceRecord>> engine;
    private Future<?> ended = CompletableFuture.completedFuture(null);

    Debezium(Place place) throws Exception {
        this.place = place;
        this.producer = place.producer();
        // The first start makes the slot: what is written after it is kept for the engine.
        go();
        stop();
    }

    @Override
    public void fill(int rows) {
        // Its table has our form, so the benchmark fills it and never asks for this.
        throw new UnsupportedOperationException("The table is ours");
    }

    @Override
    public void go() throws InterruptedException {
        var streaming = new CountDownLatch(1);
        engine = DebeziumEngine.create(ChangeEventFormat.of(Connect.class)).using(settings())
                .using(new DebeziumEngine.ConnectorCallback() {
                    @Override
                    public void pollingStarted() {
                        streaming.countDown();
                    }
                }).notifying(new DebeziumEngine.ChangeConsumer<RecordChangeEvent<SourceRecord>>() {
                    @Override
                    public void handleBatch(List<RecordChangeEvent<SourceRecord>> records,
                            RecordCommitter<RecordChangeEvent<SourceRecord>> committer) throws InterruptedException {
                        send(records, committer);
                    }
                }).build();
        ended = executor.submit(engine);
        streaming.await();
    }

    private void send(List<RecordChangeEvent<SourceRecord>> records,
            RecordCommitter<RecordChangeEvent<SourceRecord>> committer) throws InterruptedException {
        try {
            List<Future<RecordMetadata>> sent = new ArrayList<>(records.size());
            for (RecordChangeEvent<SourceRecord> record : records) {
                sent.add(producer.send(message(record.record())));
            }
            for (int i = 0; i < sent.size(); i++) {
                sent.get(i).get();
                committer.markProcessed(records.get(i));
            }
            committer.markBatchFinished();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Kafka did not take a message", e.getCause());
        }
    }

    private static ProducerRecord<String, byte[]> message(SourceRecord source) {
        var message = new ProducerRecord<>(source.topic(), String.valueOf(source.key()),
                String.valueOf(source.value()).getBytes(StandardCharsets.UTF_8));
        source.headers().forEach(header -> {
            if (header.value() != null) {
                message.headers().add(header.key(), header.value().toString().getBytes(StandardCharsets.UTF_8));
            }
        });
        return message;
    }

    private Properties settings() {
        var settings = new Properties();
        settings.putAll(Map.ofEntries(
                Map.entry("name", "relay"),
                Map.entry("connector.class", "io.debezium.connector.postgresql.PostgresConnector"),
                Map.entry("offset.storage", "org.apache.kafka.connect.storage.FileOffsetBackingStore"),
                Map.entry("offset.storage.file.filename", place.directory().resolve("offsets").toString()),
                Map.entry("offset.flush.interval.ms", "1000"),
                Map.entry("database.hostname", "127.0.0.1"),
                Map.entry("database.port", Integer.toString(place.databasePort())),
                Map.entry("database.user", Place.USER),
                Map.entry("database.password", Place.PASSWORD),
                Map.entry("database.dbname", place.database()),
                Map.entry("topic.prefix", "relay"),
                Map.entry("plugin.name", "pgoutput"),
                Map.entry("publication.autocreate.mode", "filtered"),
                Map.entry("table.include.list", "public.outbox"),
                Map.entry("snapshot.mode", "no_data"),
                Map.entry("tombstones.on.delete", "false"),
                Map.entry("transforms", "outbox"),
                Map.entry("transforms.outbox.type", "io.debezium.transforms.outbox.EventRouter"),
                Map.entry("transforms.outbox.route.by.field", "topic"),
                Map.entry("transforms.outbox.route.topic.replacement", "${routedByValue}"),
                Map.entry("transforms.outbox.table.field.event.id", "message_id"),
                Map.entry("transforms.outbox.table.field.event.key", "message_key"),
                Map.entry("transforms.outbox.table.field.event.payload", "payload"),
                Map.entry("transforms.outbox.table.fields.additional.placement",
                        "type:header:ce_type,source:header:ce_source,subject:header:ce_subject,said_at:header:ce_time,"
                                + "sequence:header:ce_sequence,logical_time:header:ce_logicaltime,"
                                + "correlation_id:header:ce_correlationid,causation_id:header:ce_causationid,"
                                + "saga_id:header:ce_sagaid,traceparent:header:traceparent")));
        return settings;
    }

    @Override
    public void stop() throws IOException, ExecutionException, InterruptedException {
        if (engine != null) {
            engine.close();
            ended.get();
            engine = null;
        }
    }
}
