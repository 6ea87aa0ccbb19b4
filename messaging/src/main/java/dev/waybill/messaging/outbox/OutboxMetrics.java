package dev.waybill.messaging.outbox;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/** How much waits to be published, and for how long already; asked of the database at each scrape. */
class OutboxMetrics implements MeterBinder {

    private final OutboxProgress progress;
    private final OutboxWriters writers;
    private final Relay relay;

    OutboxMetrics(OutboxProgress progress, OutboxWriters writers, Relay relay) {
        this.progress = progress;
        this.writers = writers;
        this.relay = relay;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("outbox_backlog", progress, OutboxProgress::backlog)
                .description("Messages that wait to be published")
                .register(registry);
        Gauge.builder("outbox_oldest_unpublished_age_seconds", progress, OutboxProgress::oldestUnpublishedSeconds)
                .description("For how long the oldest unpublished message has waited").register(registry);
        Gauge.builder("outbox_relay_leader", relay, it -> it.isLeader() ? 1 : 0)
                .description("1 where this replica publishes").register(registry);
        Gauge.builder("outbox_gap_age_seconds", relay, it -> it.atGapFor().toNanos() / 1e9)
                .description(
                        "For how long publication has waited for a transaction that may still say something earlier")
                .register(registry);
        Gauge.builder("outbox_oldest_writer_age_seconds", writers, OutboxWriters::oldestAge)
                .description("For how long the oldest transaction runs that has written the outbox").register(registry);
    }
}
