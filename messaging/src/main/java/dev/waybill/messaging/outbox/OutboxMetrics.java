package dev.waybill.messaging.outbox;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.jdbc.core.JdbcTemplate;

import java.util.function.ToDoubleFunction;

/** How much waits to be published, and for how long already; asked of the database at each scrape. */
class OutboxMetrics implements MeterBinder {

    private static final String BACKLOG = """
            select count(*) from outbox where id > (select position from outbox_relay)
            """;

    private static final String OLDEST_AGE = """
            select coalesce(extract(epoch from clock_timestamp() - (
                select said_at from outbox where id > (select position from outbox_relay) order by id limit 1)), 0)
            """;

    private final JdbcTemplate jdbc;
    private final OutboxWriters writers;
    private final Relay relay;

    OutboxMetrics(JdbcTemplate jdbc, OutboxWriters writers, Relay relay) {
        this.jdbc = jdbc;
        this.writers = writers;
        this.relay = relay;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("outbox_backlog", jdbc, number(BACKLOG)).description("Messages that wait to be published")
                .register(registry);
        Gauge.builder("outbox_oldest_unpublished_age_seconds", jdbc, number(OLDEST_AGE))
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

    private static ToDoubleFunction<JdbcTemplate> number(String sql) {
        return jdbc -> {
            Double answer = jdbc.queryForObject(sql, Double.class);
            return answer == null ? Double.NaN : Math.max(0, answer);
        };
    }
}
