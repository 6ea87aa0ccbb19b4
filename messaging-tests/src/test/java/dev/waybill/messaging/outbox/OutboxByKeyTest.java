package dev.waybill.messaging.outbox;

import com.zaxxer.hikari.HikariDataSource;
import dev.waybill.messaging.outbox.OutboxByKey.Said;
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
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** What was said about one order, found among what was said about all of them. Partitions of a thousand ids, at first. */
class OutboxByKeyTest {

    private static final int WHOLE = 1_000;
    private static final Pattern PAGES = Pattern.compile("(?:hit|read)=(\\d+)");

    private final HikariDataSource dataSource = new HikariDataSource();
    private final JdbcTemplate jdbc = new JdbcTemplate(dataSource);
    private final OutboxByKey messages = new OutboxByKey(jdbc);

    @BeforeEach
    void connect() {
        dataSource.setJdbcUrl(TestServers.freshDatabase("outbox_by_key").url());
        Flyway.configure().dataSource(dataSource).locations("classpath:db/messaging").load().migrate();
        jdbc.execute("alter table outbox detach partition outbox_before");
        jdbc.execute("alter table outbox attach partition outbox_before for values from (minvalue) to (1000)");
        jdbc.execute("select make_outbox_partition(1000, 4, 67108864)");
    }

    @AfterEach
    void disconnect() {
        dataSource.close();
    }

    @Test
    void itIsReadInTheOrderOfPublicationThroughPartitionsPageByPageAndNothingElseIs() {
        for (int i = 0; i < 5; i++) {
            say("a", 1);
            say("b", 700);
        }
        assertThat(jdbc.queryForList("select distinct tableoid::regclass::text from outbox", String.class))
                .contains("outbox_before", "outbox_1000", "outbox_default");

        List<Said> first = messages.read("a", 0, WHOLE, 3);
        List<Said> second = messages.read("a", first.getLast().id(), WHOLE, 3);

        assertThat(first).extracting(Said::id).containsExactly(1L, 702L, 1403L);
        assertThat(second).extracting(Said::id).containsExactly(2104L, 2805L);
        assertThat(first).extracting(said -> said.row().envelope().partitionKey()).containsOnly("a");
        assertThat(messages.read("a", second.getLast().id(), WHOLE, 3)).isEmpty();
        assertThat(messages.read("c", 0, WHOLE, 3)).isEmpty();
    }

    @Test
    void whatTheRelayHasNotReachedIsNotPublished() {
        say("a", 3);
        jdbc.update("update outbox_relay set position = 2");

        assertThat(messages.read("a", 0, WHOLE, 10)).extracting(Said::published).containsExactly(true, true, false);
    }

    @Test
    void ofALongPayloadOnlyTheBeginningIsRead() {
        say("a", 1);

        assertThat(messages.read("a", 0, 10, 10).getFirst().row().payload()).isEqualTo("p".repeat(10));
    }

    /** Before anybody has counted what is in the table, when the planner takes every key for a common one; and after. */
    @Test
    void fewPagesAreLookedAtWhateverThePlannerKnows() {
        jdbc.execute("alter table outbox detach partition outbox_before");
        jdbc.execute("alter table outbox_before set (autovacuum_enabled = false)");
        jdbc.execute("alter table outbox detach partition outbox_1000");
        jdbc.execute("alter table outbox attach partition outbox_before for values from (minvalue) to (1000000)");
        jdbc.update(
                """
                        insert into outbox (message_id, topic, message_key, type, source, subject, logical_time, correlation_id, said_at, payload)
                        select gen_random_uuid(), 't', md5((n / 8)::text), 't', '/s', 'order/1', 1, 'c', now(), repeat('p', 200)
                        from generate_series(1, 100000) n
                        """);
        String key = String.valueOf(
                jdbc.queryForObject("select message_key from outbox where id = 50000", String.class));

        assertThat(pagesOf(key, 0)).isLessThan(60);
        assertThat(pagesOf(key, 49_990)).isLessThan(60);
        jdbc.execute("vacuum analyze outbox");
        assertThat(pagesOf(key, 0)).isLessThan(60);
    }

    /** Of the statement that the read is made of. */
    private long pagesOf(String key, long after) {
        List<@Nullable String> plan = new ArrayList<>();
        List<Said> found = new OutboxByKey(new JdbcTemplate(dataSource) {
            @Override
            public <T extends @Nullable Object> List<T> query(
                    String sql, RowMapper<T> rows, @Nullable Object @Nullable... arguments) {
                plan.addAll(jdbc.queryForList(
                        "explain (analyze, buffers, costs off, timing off) " + sql, String.class, arguments));
                return super.query(sql, rows, arguments);
            }
        }).read(key, after, WHOLE, 21);
        assertThat(found).hasSize(8);
        assertThat(plan).noneMatch(line -> String.valueOf(line).contains("Seq Scan on outbox_before"));
        String buffers = plan.stream().map(String::valueOf).filter(line -> line.contains("Buffers:")).findFirst()
                .orElseThrow();
        return PAGES.matcher(buffers).results().mapToLong(pages -> Long.parseLong(pages.group(1))).sum();
    }

    private void say(String key, int rows) {
        jdbc.update(
                """
                        insert into outbox (message_id, topic, message_key, type, source, subject, sequence, logical_time, correlation_id,
                                            said_at, payload)
                        select gen_random_uuid(), 'order.events', ?, 't', '/s', 'order/' || gen_random_uuid(), 1, 1, 'c', now(), repeat('p', 200)
                        from generate_series(1, ?)
                        """,
                key, rows);
    }
}
