package dev.waybill.messaging.replay;

import dev.waybill.defaults.problems.Problem;
import dev.waybill.messaging.MessageSpans;
import dev.waybill.messaging.MessagingSettings;
import dev.waybill.messaging.outbox.OutboxTable;
import dev.waybill.messaging.outbox.TopicPublisher;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;

import java.util.HashMap;
import java.util.Map;

/** Replays of the event store; they are asked for over HTTP. */
@AutoConfiguration(afterName = {
        "dev.waybill.messaging.outbox.OutboxAutoConfiguration",
        "org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration"})
@ConditionalOnClass(Problem.class)
class ReplayAutoConfiguration {

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    @Import(ReplayController.class)
    static class OverHttp {}

    @Bean
    Replays replays(JdbcTemplate jdbc) {
        return new Replays(jdbc);
    }

    @Bean
    TargetTopics replayTargets(KafkaProperties kafka) {
        return new TargetTopics(kafka.buildAdminProperties());
    }

    @Bean
    ReplayWorker replayWorker(
            MessagingSettings settings, Replays replays, OutboxTable store, TargetTopics topics,
            KafkaProperties kafka) {
        Map<String, Object> producer = new HashMap<>(kafka.buildProducerProperties());
        producer.putAll(TopicPublisher.PRODUCER_SETTINGS);
        producer.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, settings.replay().lease().dividedBy(2).toMillis());
        var publisher = new TopicPublisher(
                () -> new KafkaProducer<>(producer, new StringSerializer(), new ByteArraySerializer()),
                settings.replay().lease().dividedBy(3),
                // The traces in which these were said first are long over.
                MessageSpans.none());
        return new ReplayWorker(settings.replay(), replays, store, publisher, topics);
    }
}
