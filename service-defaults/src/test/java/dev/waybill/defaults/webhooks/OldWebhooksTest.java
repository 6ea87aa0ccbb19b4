package dev.waybill.defaults.webhooks;

import dev.waybill.testing.TestServers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Which webhooks go, and who waits for that. */
class OldWebhooksTest {

    private static final DriverManagerDataSource DATABASE = new DriverManagerDataSource(
            TestServers.freshDatabase("old webhooks").url());

    private final JdbcClient jdbc = JdbcClient.create(DATABASE);
    private final TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(DATABASE));
    private final OldWebhooks webhooks = new OldWebhooks(jdbc, new WebhookTable("told"));
    private final Instant now = Instant.now();

    @BeforeEach
    void table() {
        jdbc.sql("drop table if exists told").update();
        jdbc.sql(
                "create table told (id text primary key, effect text not null default 'KNOWN', received_at timestamptz not null)")
                .update();
    }

    @Test
    void theOldestGoSomeAtATimeAndYoungOnesStay() {
        for (int day = 0; day < 10; day++) {
            take("w-" + day, now.minus(Duration.ofDays(day)));
        }
        Instant threeDaysAgo = now.minus(Duration.ofDays(3)).plusSeconds(1);

        assertThat(webhooks.deleteSome(threeDaysAgo, 4)).isEqualTo(4);
        assertThat(ids()).containsExactly("w-0", "w-1", "w-2", "w-3", "w-4", "w-5");
        assertThat(webhooks.deleteSome(threeDaysAgo, 4)).isEqualTo(3);
        assertThat(webhooks.deleteSome(threeDaysAgo, 4)).isZero();
        assertThat(ids()).containsExactly("w-0", "w-1", "w-2");
    }

    @Test
    void allThatAreOldGoHoweverManyTheyAre() {
        jdbc.sql(
                "insert into told (id, received_at) select 'w-' || n, now() - interval '40 days' from generate_series(1, ?) n")
                .param(2 * OldWebhooks.AT_ONCE + 1).update();
        assertThat(webhooks.delete(now)).isEqualTo(2 * OldWebhooks.AT_ONCE + 1);
        assertThat(ids()).isEmpty();
    }

    @Test
    void nobodysLockIsWaitedFor() {
        take("w-1", now);
        take("w-2", now);
        transaction.executeWithoutResult(handler -> {
            jdbc.sql("update told set effect = 'SETTLED' where id = 'w-1'").update();
            CompletableFuture<Integer> deleted = CompletableFuture
                    .supplyAsync(() -> webhooks.delete(now.plusSeconds(1)));
            assertThat(deleted).succeedsWithin(Duration.ofSeconds(5)).isEqualTo(1);
        });
        assertThat(ids()).containsExactly("w-1");
    }

    @Test
    void handlersAndSeveralWhoDeleteNeverStandInEachOthersWay() throws Exception {
        try (var threads = Executors.newFixedThreadPool(6)) {
            List<Future<?>> all = new ArrayList<>();
            for (int thread = 0; thread < 3; thread++) {
                int offset = thread;
                all.add(threads.submit(() -> {
                    for (int i = 0; i < 150; i++) {
                        // Two of the same ids in opposite orders, some there and some deleted just now.
                        String one = "w-" + (i + offset) % 20;
                        String other = "w-" + (39 - i + offset + 160) % 20;
                        transaction.executeWithoutResult(handler -> {
                            jdbc.sql("select pg_advisory_xact_lock(7)").query().singleRow();
                            take(one, now);
                            take(other, now);
                        });
                    }
                }));
                all.add(threads.submit(() -> {
                    for (int i = 0; i < 150; i++) {
                        webhooks.deleteSome(now.plusSeconds(1), 7);
                    }
                }));
            }
            for (Future<?> each : all) {
                assertThat(each).succeedsWithin(Duration.ofSeconds(30));
            }
        }
    }

    @Test
    void aTableHasAName() {
        assertThatThrownBy(() -> new WebhookTable("told; drop table told")).hasMessageContaining("no name");
    }

    private void take(String id, Instant at) {
        jdbc.sql("insert into told (id, received_at) values (:id, :at) on conflict do nothing").param("id", id)
                .param("at", at.atOffset(ZoneOffset.UTC)).update();
    }

    private List<@Nullable String> ids() {
        return jdbc.sql("select id from told order by id").query(String.class).list();
    }
}
