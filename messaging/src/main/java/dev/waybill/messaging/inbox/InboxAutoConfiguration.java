package dev.waybill.messaging.inbox;

import dev.waybill.messaging.MessagingSettings;
import dev.waybill.messaging.Subscription;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The consumers of a service's subscriptions. */
@AutoConfiguration(afterName = {
        "dev.waybill.messaging.MessagingAutoConfiguration",
        "org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration",
        "org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration"})
class InboxAutoConfiguration {

    @Bean
    Inbox inbox(JdbcTemplate jdbc) {
        return new Inbox(jdbc);
    }

    @Bean
    ParkedMessages parkedMessages(JdbcTemplate jdbc) {
        return new ParkedMessages(jdbc);
    }

    @Bean
    SubscriptionContainers subscriptionContainers(
            ObjectProvider<Subscription> subscriptions,
            KafkaProperties kafka,
            MessagingSettings settings,
            Inbox inbox,
            ParkedMessages parked,
            PlatformTransactionManager transactions,
            MeterRegistry metrics) {
        var template = new TransactionTemplate(transactions);
        return new SubscriptionContainers(
                subscriptions.orderedStream().toList(),
                kafka.buildConsumerProperties(),
                settings,
                subscription -> new Handling(
                        subscription, inbox, parked, template, settings.consumer().attempts(), metrics),
                metrics);
    }
}
