package dev.waybill.messaging.operations;

import dev.waybill.messaging.outbox.Forgotten;
import dev.waybill.messaging.outbox.RestoreCheck;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Says whether the outbox may be published, and why not. No probe asks it: a restart would not bring back what the database
 * has forgotten, and as long as Kafka is away placing goes on.
 */
class OutboxHealth implements HealthIndicator {

    private final RestoreCheck check;

    OutboxHealth(RestoreCheck check) {
        this.check = check;
    }

    @Override
    public Health health() {
        return switch (check.state()) {
            case RestoreCheck.InOrder _ -> Health.up().build();
            case RestoreCheck.Unanswered(String why) -> Health.unknown().withDetail("unanswered", why).build();
            case RestoreCheck.Behind(Forgotten forgotten) -> Health.outOfService()
                    .withDetail("forgotten", forgotten.stretches().stream().map(String::valueOf).toList())
                    .withDetail("action", forgotten.whatToDo()).build();
        };
    }
}
