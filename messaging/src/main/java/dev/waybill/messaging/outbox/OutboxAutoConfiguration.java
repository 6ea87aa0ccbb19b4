package dev.waybill.messaging.outbox;

import dev.waybill.messaging.MessageContext;
import dev.waybill.messaging.MessageSpans;
import dev.waybill.messaging.MessagingSettings;
import dev.waybill.messaging.Outbox;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.orm.jpa.EntityManagerFactoryUtils;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The outbox of a service, and its relay. */
@AutoConfiguration(afterName = {
        "dev.waybill.messaging.MessagingAutoConfiguration",
        "org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration",
        "org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration"})
class OutboxAutoConfiguration {

    @Bean
    OutboxTable outboxTable(JdbcTemplate jdbc) {
        return new OutboxTable(jdbc);
    }

    @Bean
    OutboxWriters outboxWriters(JdbcTemplate jdbc) {
        return new OutboxWriters(jdbc);
    }

    @Bean
    Outbox outbox(
            MessagingSettings settings,
            Clock clock,
            ObjectProvider<Tracer> tracer,
            ObjectProvider<EntityManagerFactory> entityManagers,
            OutboxTable table,
            Relay relay) {
        return new TransactionalOutbox(
                settings.source(),
                clock,
                traceparent(tracer),
                () -> new AppendBeforeCommit(() -> flush(entityManagers), table, relay::wakeUp));
    }

    @Bean
    Relay relay(
            MessagingSettings settings,
            JdbcTemplate jdbc,
            OutboxTable table,
            OutboxWriters writers,
            MessageSpans spans,
            KafkaProperties kafka,
            MeterRegistry metrics,
            RestoreCheck check) {
        String owner = "%s@%d".formatted(settings.source(), ProcessHandle.current().pid());
        Map<String, Object> producer = new HashMap<>(kafka.buildProducerProperties());
        producer.putAll(TopicPublisher.PRODUCER_SETTINGS);
        // A broker that is away is noticed before the lease has run out.
        producer.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, settings.relay().lease().dividedBy(2).toMillis());
        return new Relay(
                settings.relay(),
                new RelayLease(jdbc, owner, settings.relay().lease()),
                position -> new OutboxReader(table, writers, position),
                new MeasuredPublisher(
                        () -> new KafkaProducer<>(producer, new StringSerializer(), new ByteArraySerializer()),
                        settings.relay().lease().dividedBy(3),
                        spans,
                        metrics),
                check);
    }

    @Bean
    RestoreCheck restoreCheck(MessagingSettings settings, JdbcTemplate jdbc, KafkaProperties kafka, Clock clock) {
        return new RestoreCheck(
                settings.source(),
                settings.restored(),
                new TopicTails(settings.source(), kafka.buildConsumerProperties()),
                new OutboxMemory(jdbc, settings.retention().outbox(), clock));
    }

    @Bean
    OutboxProgress outboxProgress(JdbcTemplate jdbc) {
        return new OutboxProgress(jdbc);
    }

    @Bean
    OutboxByKey outboxByKey(JdbcTemplate jdbc) {
        return new OutboxByKey(jdbc);
    }

    @Bean
    MeterBinder outboxMetrics(OutboxProgress progress, OutboxWriters writers, Relay relay) {
        return new OutboxMetrics(progress, writers, relay);
    }

    @Bean
    MeterBinder restoreMetrics(RestoreCheck check) {
        return registry -> Gauge.builder("outbox_forgotten_messages", check, RestoreCheck::forgottenMessages)
                .description("Messages on topics that the outbox does not know; NaN until Kafka has said what is there")
                .register(registry);
    }

    private static void flush(ObjectProvider<EntityManagerFactory> entityManagers) {
        entityManagers.ifAvailable(factory -> {
            EntityManager running = EntityManagerFactoryUtils.getTransactionalEntityManager(factory);
            if (running != null) {
                running.flush();
            }
        });
    }

    /**
     * Of the running span, where it belongs to the trace of the message that is being handled. Where it does not, as when a
     * webhook settles what a command has asked for, what is said belongs to the message's trace.
     */
    private static Supplier<@Nullable String> traceparent(ObjectProvider<Tracer> tracers) {
        return () -> {
            Tracer tracer = tracers.getIfAvailable();
            TraceContext context = tracer == null ? null : tracer.currentTraceContext().context();
            String ofTheCause = MessageContext.current().map(MessageContext::traceparent).orElse(null);
            if (context == null || (ofTheCause != null && !ofTheCause.contains(context.traceId()))) {
                return ofTheCause;
            }
            boolean sampled = Boolean.TRUE.equals(context.sampled());
            return "00-%s-%s-%s".formatted(context.traceId(), context.spanId(), sampled ? "01" : "00");
        };
    }
}
