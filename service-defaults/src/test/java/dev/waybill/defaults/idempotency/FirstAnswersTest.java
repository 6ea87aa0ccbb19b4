package dev.waybill.defaults.idempotency;

import dev.waybill.defaults.idempotency.FirstAnswers.Claim;
import dev.waybill.defaults.idempotency.FirstAnswers.FirstAnswer;
import dev.waybill.defaults.idempotency.FirstAnswers.Scope;
import dev.waybill.testing.TestServers;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class FirstAnswersTest {

    private static final DriverManagerDataSource DATABASE = new DriverManagerDataSource(
            TestServers.freshDatabase("first answers").url());

    private final JdbcClient jdbc = JdbcClient.create(DATABASE);
    private final FirstAnswers answers = new FirstAnswers(jdbc);
    private final TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(DATABASE));
    private final Scope scope = new Scope("alice", "POST /orders", UUID.randomUUID().toString());
    private final FirstAnswer answer = new FirstAnswer("hash", 202, "/orders/1", "{}");

    @BeforeEach
    void migrate() {
        Flyway.configure().dataSource(DATABASE).locations("classpath:db/idempotency").load().migrate();
    }

    @Test
    void claimIsOneTransactionsUntilItsEnd() {
        transaction.executeWithoutResult(first -> {
            assertThat(answers.claim(scope).mine()).isTrue();
            assertThat(elsewhere().mine()).isFalse();
        });

        assertThat(elsewhere().mine()).isTrue();
    }

    @Test
    void otherCallersOtherRoutesAndOtherKeysAreFree() {
        transaction.executeWithoutResult(first -> {
            answers.claim(scope);
            assertThat(elsewhere(new Scope("bob", scope.route(), scope.key())).mine()).isTrue();
            assertThat(elsewhere(new Scope(scope.caller(), "POST /returns", scope.key())).mine()).isTrue();
            assertThat(elsewhere(new Scope(scope.caller(), scope.route(), "another")).mine()).isTrue();
        });
    }

    @Test
    void answerIsThereForWhoeverComesLater() {
        transaction.executeWithoutResult(first -> answers.store(scope, answer));

        assertThat(elsewhere().answer()).contains(answer);
    }

    @Test
    void answerOfARolledBackTransactionIsNot() {
        transaction.executeWithoutResult(first -> {
            answers.store(scope, answer);
            first.setRollbackOnly();
        });

        assertThat(elsewhere().answer()).isEmpty();
    }

    @Test
    void answerThatWasOverlookedFailsTheSecondTransaction() {
        transaction.executeWithoutResult(first -> answers.store(scope, answer));

        assertThatExceptionOfType(DuplicateKeyException.class)
                .isThrownBy(() -> transaction.executeWithoutResult(second -> answers.store(scope, answer)))
                .withMessageContaining("idempotent_request_pkey");
    }

    @Test
    void oldAnswersGoInSmallBatchesAndYoungOnesStay() {
        Instant now = Instant.now();
        jdbc.sql("delete from idempotent_request").update();
        for (int hours = 0; hours < 10; hours++) {
            jdbc.sql("""
                    insert into idempotent_request (caller, route, key, request_hash, status, created_at)
                    values ('alice', 'r', :key, 'hash', 202, now() - make_interval(hours => :hours))
                    """).param("key", "k" + hours).param("hours", hours * 10).update();
        }
        Instant dayAgo = now.minus(24, ChronoUnit.HOURS);

        assertThat(answers.deleteOlderThan(dayAgo, 4)).isEqualTo(4);
        assertThat(answers.deleteOlderThan(dayAgo, 4)).isEqualTo(3);
        assertThat(answers.deleteOlderThan(dayAgo, 4)).isZero();
        assertThat(jdbc.sql("select key from idempotent_request").query(String.class).list())
                .containsExactlyInAnyOrder("k0", "k1", "k2");
    }

    private Claim elsewhere() {
        return elsewhere(scope);
    }

    private Claim elsewhere(Scope other) {
        return CompletableFuture.supplyAsync(() -> transaction.execute(status -> answers.claim(other))).join();
    }
}
