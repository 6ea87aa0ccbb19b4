package dev.waybill.console.lag;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How far each group was behind, for a day. Prometheus keeps it for longer; this is there without one. */
@Repository
class LagHistory {

    private final JdbcTemplate batches;
    private final JdbcClient database;
    private final Duration keep;

    LagHistory(JdbcTemplate batches, JdbcClient database, ConsumerSettings settings) {
        this.batches = batches;
        this.database = database;
        this.keep = settings.keep();
    }

    record Sample(Instant at, int members, long lag, double lagSeconds) {}

    void add(ConsumerLag.Look look) {
        OffsetDateTime at = look.at().atOffset(ZoneOffset.UTC);
        batches.batchUpdate("""
                insert into lag_sample (at, consumer_group, members, lag, lag_seconds) values (?, ?, ?, ?, ?)
                on conflict do nothing
                """, look.groups(), look.groups().size(), (row, group) -> {
            row.setObject(1, at);
            row.setString(2, group.name());
            row.setInt(3, group.members().size());
            row.setLong(4, group.lag());
            row.setDouble(5, group.behind().toMillis() / 1000d);
        });
        database.sql("delete from lag_sample where at < ?").param(at.minus(keep)).update();
    }

    /** By group, in the order of time; at most as many of each, the largest lag of each stretch of time. */
    Map<String, List<Sample>> all(Instant since, Instant until, int most) {
        double seconds = Math.max(1, Duration.between(since, until).toSeconds() / (double) most);
        Map<String, List<Sample>> samples = new HashMap<>();
        database.sql("""
                select consumer_group, to_timestamp(floor(extract(epoch from at) / :seconds) * :seconds) as stretch,
                       min(members) as members, max(lag) as lag, max(lag_seconds) as lag_seconds
                from lag_sample where at >= :since and at <= :until
                group by consumer_group, stretch order by stretch
                """).param("seconds", seconds).param("since", since.atOffset(ZoneOffset.UTC))
                .param("until", until.atOffset(ZoneOffset.UTC))
                .query(row -> {
                    samples.computeIfAbsent(row.getString("consumer_group"), group -> new ArrayList<>())
                            .add(new Sample(row.getObject("stretch", OffsetDateTime.class).toInstant(),
                                    row.getInt("members"), row.getLong("lag"), row.getDouble("lag_seconds")));
                });
        return samples;
    }
}
