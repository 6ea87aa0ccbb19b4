package dev.waybill.messaging.inbox;

import dev.waybill.messaging.MessageSpans;
import dev.waybill.messaging.MessagingSettings;
import dev.waybill.messaging.Outbox;
import dev.waybill.messaging.Subscription;
import dev.waybill.messaging.outbox.RestoreCheck;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import java.time.Clock;

/** The consumers of a service's subscriptions, and what they put aside. */
@AutoConfiguration(afterName = {
        "dev.waybill.messaging.MessagingAutoConfiguration",
        "org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration",
        "org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration"})
@EnableConfigurationProperties(ParkingSettings.class)
class InboxAutoConfiguration {

    @Bean
    Inbox inbox(JdbcTemplate jdbc) {
        return new Inbox(jdbc);
    }

    @Bean
    ParkedMessages parkedMessages(JdbcTemplate jdbc, Outbox outbox, MessagingSettings settings) {
        return new ParkedMessages(jdbc, new ParkedCommandNotes(outbox, settings.source()));
    }

    @Bean
    ParkedQueues parkedQueues(JdbcTemplate jdbc, ParkedMessages parked) {
        return new ParkedQueues(JdbcClient.create(jdbc), parked);
    }

    @Bean
    ParkedActs parkedActs(JdbcTemplate jdbc) {
        return new ParkedActs(JdbcClient.create(jdbc));
    }

    @Bean
    RunningSubscriptions runningSubscriptions(
            ObjectProvider<Subscription> subscriptions,
            MessagingSettings settings,
            ParkingSettings parking,
            Inbox inbox,
            ParkedMessages parked,
            ParkedActs acts,
            PlatformTransactionManager transactionManager,
            MessageSpans spans,
            Clock clock,
            MeterRegistry metrics) {
        var transactions = new Transactions(new TransactionTemplate(transactionManager));
        return new RunningSubscriptions(
                subscriptions.orderedStream().map(subscription -> new Handling(
                        subscription,
                        inbox,
                        parked,
                        new ParkingWatch(subscription.name(), parking, clock),
                        transactions,
                        spans,
                        settings.consumer().attempts(),
                        new HandlingMetrics(subscription, metrics, clock))).toList(),
                acts);
    }

    @Bean
    SeeingToParked seeingToParked(
            RunningSubscriptions subscriptions,
            ParkedQueues queues,
            ParkedActs acts,
            PlatformTransactionManager transactionManager,
            ParkingSettings settings,
            Clock clock) {
        var transactions = new Transactions(new TransactionTemplate(transactionManager));
        return new SeeingToParked(subscriptions, queues, acts, transactions, settings.replayFor(), clock);
    }

    @Bean
    MeterBinder parkedMetrics(RunningSubscriptions subscriptions, ParkedQueues queues) {
        return new ParkedMetrics(subscriptions, queues);
    }

    @Bean
    SubscriptionContainers subscriptionContainers(
            RunningSubscriptions subscriptions, KafkaProperties kafka, MessagingSettings settings,
            RestoreCheck check, MeterRegistry metrics) {
        return new SubscriptionContainers(subscriptions.handlings(), kafka.buildConsumerProperties(), settings,
                check::beforeHandling, metrics);
    }
}
