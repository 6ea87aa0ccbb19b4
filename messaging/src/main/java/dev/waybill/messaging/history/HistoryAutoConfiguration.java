package dev.waybill.messaging.history;

import dev.waybill.messaging.MessagingSettings;
import dev.waybill.messaging.outbox.OutboxTable;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;

import java.util.HashMap;
import java.util.Map;

/** Looking back at what was said. */
@AutoConfiguration(afterName = {
        "dev.waybill.messaging.outbox.OutboxAutoConfiguration",
        "org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration"})
class HistoryAutoConfiguration {

    @Bean
    EventStore eventStore(OutboxTable outbox) {
        return new EventStore(outbox);
    }

    @Bean
    EventTopics eventTopics(KafkaProperties kafka, MessagingSettings settings) {
        Map<String, Object> consumer = new HashMap<>(kafka.buildConsumerProperties());
        consumer.remove(ConsumerConfig.GROUP_ID_CONFIG);
        consumer.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        consumer.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        consumer.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, settings.consumer().batchSize());
        return new EventTopics(consumer);
    }
}
