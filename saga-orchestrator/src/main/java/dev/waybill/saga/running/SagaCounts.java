package dev.waybill.saga.running;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the sagas that have not finished, for the metrics. Every replica reports all of them, so whoever adds up takes the
 * greatest. One that is stuck waits for a person. One that is overdue is on its way, and has not come further for longer than
 * it should; sending a command again is not further. Only unfinished ones are in the index that is read, however many have finished.
 */
@Repository
class SagaCounts {

    /** By the name of a step; those at which no saga stands are shown too, as nought. */
    private record Count(String step, long sagas, long stuck, long overdue) {}

    private final JdbcClient database;
    private final Definitions definitions;
    private final MultiGauge active;
    private final AtomicLong stuck;
    private final AtomicLong overdue;
    private final Duration overdueAfter;
    private final Clock clock;

    SagaCounts(
            JdbcClient database, Definitions definitions, SagaSettings settings, Clock clock, MeterRegistry meters) {
        this.database = database;
        this.definitions = definitions;
        this.active = MultiGauge.builder("saga.active").description("Sagas that have not finished, by step")
                .register(meters);
        this.stuck = meters.gauge("saga.stuck", new AtomicLong());
        this.overdue = meters.gauge("saga.overdue", new AtomicLong());
        this.overdueAfter = settings.overdueAfter();
        this.clock = clock;
    }

    void refresh() {
        List<Count> counts = database.sql("""
                select step, count(*) as sagas, count(*) filter (where status = 'STUCK') as stuck,
                       count(*) filter (where status <> 'STUCK' and coalesce(moved_at, updated_at) < :then) as overdue
                from saga where status not in ('COMPLETED', 'COMPENSATED') group by step""")
                .param("then", Timestamp.from(clock.instant().minus(overdueAfter)))
                .query((row, _) -> new Count(row.getString("step"), row.getLong("sagas"), row.getLong("stuck"),
                        row.getLong("overdue")))
                .list();
        Map<String, Long> bySteps = new TreeMap<>();
        definitions.stepNames().forEach(step -> bySteps.put(step, 0L));
        counts.forEach(count -> bySteps.put(count.step(), count.sagas()));
        active.register(bySteps.entrySet()
                .stream().<MultiGauge.Row<?>>map(
                        step -> MultiGauge.Row.of(Tags.of("step", step.getKey()), step.getValue()))
                .toList(), true);
        stuck.set(counts.stream().mapToLong(Count::stuck).sum());
        overdue.set(counts.stream().mapToLong(Count::overdue).sum());
    }
}
