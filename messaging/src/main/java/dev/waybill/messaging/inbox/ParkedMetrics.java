package dev.waybill.messaging.inbox;

import dev.waybill.messaging.inbox.ParkedMessage.State;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/** What waits for a person, asked of the database at each scrape, and which subscriptions are paused in this process. */
class ParkedMetrics implements MeterBinder {

    private final RunningSubscriptions subscriptions;
    private final ParkedQueues queues;

    ParkedMetrics(RunningSubscriptions subscriptions, ParkedQueues queues) {
        this.subscriptions = subscriptions;
        this.queues = queues;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (Handling handling : subscriptions.handlings()) {
            String name = handling.subscription().name();
            for (State state : State.values()) {
                Gauge.builder("messages_parked", queues, it -> it.count(name, state)).tag("subscription", name)
                        .tag("state", state.name()).description("Messages that are parked, or wait behind one that is")
                        .register(registry);
            }
            Gauge.builder("subscription_paused", handling.watch(), it -> it.pause().isPresent() ? 1 : 0)
                    .tag("subscription", name).description("1 where too much was parked and nothing is taken on")
                    .register(registry);
        }
    }
}
