package dev.waybill.console.lag;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How far each group was behind, for a day. Prometheus keeps it for longer; this is there without one. Where nobody knew how far it was there is
 * no row, and where nobody knew for how long there are no seconds.
 */
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

    record Sample(Instant at, int members, long lag) {}

    void add(ConsumerLag.Look look) {
        OffsetDateTime at = look.at().atOffset(ZoneOffset.UTC);
        List<GroupLag> known = look.groups().stream().filter(group -> group.lag().isPresent()).toList();
        batches.batchUpdate("""
                insert into lag_sample (at, consumer_group, members, lag, lag_seconds) values (?, ?, ?, ?, ?)
                on conflict do nothing
                """, known, Math.max(1, known.size()), (row, group) -> {
            row.setObject(1, at);
            row.setString(2, group.name());
            row.setInt(3, group.members().size());
            row.setLong(4, group.lag().orElseThrow());
            Duration behind = group.behind();
            if (behind == null) {
                row.setNull(5, Types.DOUBLE);
            } else {
                row.setDouble(5, behind.toMillis() / 1000d);
            }
        });
        database.sql("delete from lag_sample where at < ?").param(at.minus(keep)).update();
    }

    /** By group, in the order of time: the largest lag of each stretch of it, of those in which there was a look. */
    Map<String, List<Sample>> all(Instant since, Instant until, Duration stretch) {
        Map<String, List<Sample>> samples = new HashMap<>();
        database.sql("""
                select consumer_group, to_timestamp(floor(extract(epoch from at) / :seconds) * :seconds) as stretch,
                       min(members) as members, max(lag) as lag
                from lag_sample where at >= :since and at <= :until
                group by consumer_group, stretch order by stretch
                """).param("seconds", stretch.toSeconds()).param("since", since.atOffset(ZoneOffset.UTC))
                .param("until", until.atOffset(ZoneOffset.UTC))
                .query(row -> {
                    samples.computeIfAbsent(row.getString("consumer_group"), group -> new ArrayList<>())
                            .add(new Sample(row.getObject("stretch", OffsetDateTime.class).toInstant(),
                                    row.getInt("members"), row.getLong("lag")));
                });
        return samples;
    }
}
