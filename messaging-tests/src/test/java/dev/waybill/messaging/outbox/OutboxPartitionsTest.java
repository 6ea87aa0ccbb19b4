package dev.waybill.messaging.outbox;

import com.zaxxer.hikari.HikariDataSource;
import dev.waybill.testing.TestServers;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;

/** Reading on over many partitions, and where none was made for an id. Partitions of a thousand ids, four of them ahead. */
class OutboxPartitionsTest {

    private final HikariDataSource dataSource = new HikariDataSource();
    private final JdbcTemplate jdbc = new JdbcTemplate(dataSource);

    @BeforeEach
    void connect() {
        dataSource.setJdbcUrl(TestServers.freshDatabase("outbox_partitions").url());
        Flyway.configure().dataSource(dataSource).locations("classpath:db/messaging").load().migrate();
        jdbc.execute("alter table outbox detach partition outbox_before");
        jdbc.execute("alter table outbox attach partition outbox_before for values from (minvalue) to (1000)");
    }

    @AfterEach
    void disconnect() {
        dataSource.close();
    }

    @Test
    void everythingIsReadOnceAndInOrderThroughManyPartitions() {
        for (int i = 0; i < 20; i++) {
            makeAhead();
            say(1_000);
        }
        assertThat(partitionsWithRows()).hasSizeGreaterThan(20).doesNotContain("outbox_default");
        assertThat(readAll(700)).isEqualTo(ids(1, 20_000));
    }

    @Test
    void aMonthWithoutNewPartitionsStopsNobodyAndNewOnesFollowWhenSomebodyMakesThem() {
        makeAhead();
        say(9_500);
        assertThat(partitionsWithRows()).contains("outbox_default");
        makeAhead();
        say(4_000);
        assertThat(partitionsWithRows()).contains("outbox_4000", "outbox_default", "outbox_11000", "outbox_13000");
        assertThat(readAll(800)).isEqualTo(ids(1, 13_500));
    }

    @Test
    void rowsBehindAGapLargerThanAReadLooksAheadAreFound() {
        say(1);
        jdbc.execute("select setval('outbox_id_seq', %d)".formatted(10 * OutboxTable.NEAR));
        say(1);
        assertThat(readAll(10)).containsExactly(1L, 10 * OutboxTable.NEAR + 1);
    }

    @Test
    void eachReadWalksTheIndexOfTheOneOrTwoPartitionsThatHoldWhatComesNext() {
        for (long start = 0; start < 20 * OutboxTable.NEAR; start += OutboxTable.NEAR) {
            jdbc.execute("select setval('outbox_id_seq', %d)".formatted(start + 1));
            jdbc.queryForObject("select make_outbox_partition(?, 4, 67108864)", String.class, OutboxTable.NEAR);
            say(2_000);
        }
        jdbc.execute("analyze outbox");
        assertThat(partitionsWithRows()).hasSizeGreaterThanOrEqualTo(20);
        for (long position : LongStream.of(0, 1_500, 5 * OutboxTable.NEAR, 7 * OutboxTable.NEAR + 700).toArray()) {
            assertThat(planOfReadAfter(position)).as("after %d", position)
                    .noneMatch(line -> String.valueOf(line).matches(".*(Seq Scan|Sort).*"))
                    .filteredOn(line -> String.valueOf(line).contains("Index Scan using")).hasSizeBetween(1, 2);
        }
    }

    /** Of the statement that the table's own read is made of. */
    private List<@Nullable String> planOfReadAfter(long position) {
        List<@Nullable String> plan = new ArrayList<>();
        new OutboxTable(new JdbcTemplate(dataSource) {
            @Override
            public <T extends @Nullable Object> List<T> query(String sql, RowMapper<T> rows) {
                plan.addAll(jdbc.queryForList("explain " + sql, String.class));
                return super.query(sql, rows);
            }
        }).readAfter(position, 100);
        return plan;
    }

    private void makeAhead() {
        List<@Nullable String> made;
        do {
            made = jdbc.queryForList("select make_outbox_partition(1000, 4, 67108864)", String.class);
        } while (!made.contains(null));
    }

    private void say(int rows) {
        jdbc.update(
                """
                        insert into outbox (message_id, topic, message_key, type, source, subject, sequence, logical_time,
                                            correlation_id, said_at, payload)
                        select gen_random_uuid(), 'order.events', 'k', 't', '/s', 'order/' || gen_random_uuid(), 1, 1, 'c', now(), repeat('p', 200)
                        from generate_series(1, ?)
                        """,
                rows);
    }

    private List<@Nullable String> partitionsWithRows() {
        return jdbc.queryForList("select distinct tableoid::regclass::text from outbox", String.class);
    }

    private List<Long> readAll(int limit) {
        var table = new OutboxTable(jdbc);
        var all = new ArrayList<Long>();
        long position = 0;
        for (var rows = table.readAfter(position, limit); !rows.isEmpty(); rows = table.readAfter(position, limit)) {
            rows.forEach(row -> all.add(row.id()));
            position = rows.getLast().id();
        }
        return all;
    }

    private static List<Long> ids(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }
}
