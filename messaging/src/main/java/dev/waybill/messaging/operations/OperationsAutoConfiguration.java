package dev.waybill.messaging.operations;

import dev.waybill.defaults.problems.Problem;
import dev.waybill.messaging.inbox.RunningSubscriptions;
import dev.waybill.messaging.outbox.RestoreCheck;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** The calls of operators, for a service that is asked over HTTP. */
@AutoConfiguration(afterName = {
        "dev.waybill.messaging.outbox.OutboxAutoConfiguration",
        "dev.waybill.messaging.inbox.InboxAutoConfiguration",
        "dev.waybill.messaging.outside.OutsideCallsAutoConfiguration",
        "io.github.resilience4j.springboot.circuitbreaker.autoconfigure.CircuitBreakerAutoConfiguration"})
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(Problem.class)
@Import({ParkedMessageController.class, SubscriptionController.class, OutboxController.class,
        MessageController.class, OutsideCallController.class})
class OperationsAutoConfiguration {

    @Bean
    HealthIndicator subscriptionsHealthIndicator(RunningSubscriptions subscriptions) {
        return new SubscriptionsHealth(subscriptions);
    }

    @Bean
    HealthIndicator outboxHealthIndicator(RestoreCheck check) {
        return new OutboxHealth(check);
    }
}
