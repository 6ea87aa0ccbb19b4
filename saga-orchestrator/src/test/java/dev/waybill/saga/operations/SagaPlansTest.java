package dev.waybill.saga.operations;

import com.zaxxer.hikari.HikariDataSource;
import dev.waybill.saga.engine.Status;
import dev.waybill.testing.TestServers;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** How the database goes about finding the oldest of those that are stuck: 6,000 at three steps, among 60,000 sagas. */
class SagaPlansTest {

    private static final Pattern PAGES = Pattern.compile("(?:hit|read)=(\\d+)");
    private static final HikariDataSource DATABASE = new HikariDataSource();

    private final JdbcClient jdbc = JdbcClient.create(DATABASE);
    private final Sagas sagas = new Sagas(jdbc);

    @BeforeAll
    static void fill() {
        DATABASE.setJdbcUrl(TestServers.freshDatabase("saga_plans").url());
        Flyway.configure().dataSource(DATABASE).locations("classpath:db/migration").load().migrate();
        var jdbc = JdbcClient.create(DATABASE);
        // One in ten is stuck; ids are in the order of their time, as in life.
        jdbc.sql(
                """
                        insert into saga (id, type, definition_version, order_id, status, step, data, calls, journal_size, version,
                                          started_at, updated_at)
                        select lpad(to_hex(n), 32, '0')::uuid, 'order-fulfillment', 1, gen_random_uuid(),
                               case when n % 10 = 0 then 'STUCK' else 'COMPLETED' end, 'step ' || n / 10 % 3,
                               jsonb_build_object('remembered', repeat('x', 300)), '[]', 1, 1,
                               timestamptz '2026-01-01 00:00Z' + n * interval '1 second', now()
                        from generate_series(1, 60000) n
                        """)
                .update();
        jdbc.sql("vacuum (analyze) saga").update();
    }

    @AfterAll
    static void disconnect() {
        DATABASE.close();
    }

    @Test
    void onlyAsManyAreReadAsAreShown() {
        assertLooksAtLittle(null, null);
        assertLooksAtLittle("step 1", null);
        assertLooksAtLittle(null, Instant.parse("2027-01-01T00:00:00Z"));
    }

    @Test
    void whatIsFoundIsTheOldest() {
        var statement = sagas.statement(stuck(null, null), true, Optional.of(id(300)), 4);
        assertThat(jdbc.sql("select id from (%s) found".formatted(statement.sql())).params(statement.parameters())
                .query(UUID.class).list()).containsExactly(id(310), id(320), id(330), id(340));
    }

    private void assertLooksAtLittle(@Nullable String step, @Nullable Instant startedBefore) {
        for (Optional<UUID> after : List.of(Optional.<UUID>empty(), Optional.of(id(40_000)))) {
            var statement = sagas.statement(stuck(step, startedBefore), true, after, 21);
            String plan = String.join("\n",
                    jdbc.sql("explain (analyze, buffers, costs off, timing off, summary off) " + statement.sql())
                            .params(statement.parameters()).query((row, n) -> row.getString(1)).list());
            assertThat(plan).contains("saga_unfinished").doesNotContain("Seq Scan on saga");
            assertThat(pages(plan)).as(plan).isLessThan(250);
        }
    }

    private static SagaFilter stuck(@Nullable String step, @Nullable Instant startedBefore) {
        return new SagaFilter(null, Status.STUCK, step, startedBefore, null);
    }

    private static UUID id(long n) {
        return new UUID(0, n);
    }

    /** Of the whole statement: its first line about them. */
    private static long pages(String plan) {
        String buffers = plan.lines().filter(line -> line.contains("Buffers:")).findFirst().orElseThrow();
        return PAGES.matcher(buffers).results().mapToLong(pages -> Long.parseLong(pages.group(1))).sum();
    }
}
