package dev.waybill.messaging.operations;

import dev.waybill.messaging.inbox.RunningSubscriptions;
import dev.waybill.messaging.inbox.RunningSubscriptions.Status;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Says which subscriptions are paused, and why. No probe asks it: the process itself is well, and a restart that nobody meant
 * would only park some more.
 */
class SubscriptionsHealth implements HealthIndicator {

    private final RunningSubscriptions subscriptions;

    SubscriptionsHealth(RunningSubscriptions subscriptions) {
        this.subscriptions = subscriptions;
    }

    @Override
    public Health health() {
        Health.Builder health = Health.up();
        subscriptions.list().stream().filter(Status::isPaused).forEach(
                paused -> health.outOfService().withDetail(paused.name(), String.valueOf(paused.reason())));
        return health.build();
    }
}
