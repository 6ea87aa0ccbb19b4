package dev.waybill.payment.payments;

import dev.waybill.events.Money;
import dev.waybill.events.OrderId;
import dev.waybill.events.PaymentMethod;
import dev.waybill.events.RefundId;
import dev.waybill.messaging.Ids;
import dev.waybill.testing.TestServers;
import dev.waybill.testing.TestServers.Database;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** Streams, snapshots and locks in a real PostgreSQL. */
class PaymentTablesTest {

    private static final Database DATABASE = TestServers.freshDatabase("payment_tables");
    private static final Instant NOW = Instant.parse("2026-11-21T14:00:00.123456Z");
    private static final Money TOTAL = Money.of(500, "JPY");

    private final CountingDataSource dataSource = new CountingDataSource(
            new DriverManagerDataSource(DATABASE.url()));
    private final JdbcTemplate jdbc = new JdbcTemplate(dataSource);
    private final TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    private final OrderId order = new OrderId(Ids.next());

    @BeforeAll
    static void schema() {
        Flyway.configure().dataSource(new DriverManagerDataSource(DATABASE.url())).locations("classpath:db/migration")
                .load().migrate();
    }

    @Test
    void aPaymentIsAsItWasStored() {
        Payments payments = payments(20);
        authorize(payments, order);
        Payment found = payments.find(order).orElseThrow();
        assertThat(found.state().status()).isEqualTo(PaymentStatus.AUTHORIZED);
        assertThat(found.state().reference()).isEqualTo("auth-" + order);
        assertThat(found.version()).isEqualTo(2);
        assertThat(found.events().sequence()).isEqualTo(1);
        assertThat(tables(20).stream(order, 1, 10)).singleElement().satisfies(entry -> {
            assertThat(entry.version()).isEqualTo(2);
            assertThat(entry.stored().type()).isEqualTo("Authorized");
            assertThat(entry.at()).isEqualTo(NOW);
        });
    }

    @Test
    void withinATransactionThereIsOneOfEach() {
        Payments payments = payments(20);
        transaction.executeWithoutResult(status -> {
            payments.lock(List.of(order));
            Payment made = new Payment(order);
            payments.save(made);
            assertThat(payments.find(order)).containsSame(made);
            assertThatThrownBy(() -> payments.save(new Payment(order))).isInstanceOf(IllegalStateException.class);
        });
    }

    @Test
    void outsideATransactionNothingIsSaved() {
        assertThatThrownBy(() -> payments(20).save(new Payment(order))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void ofHoweverManyTwoStatementsLoadAndTwoStoreAndWhatIsNewIsWrittenOnce() {
        List<OrderId> orders = Stream.generate(() -> new OrderId(Ids.next())).limit(50).toList();
        Payments payments = payments(20);
        dataSource.statements.clear();
        change(payments, orders, known -> known.decider().authorize(TOTAL, new PaymentMethod("pm_card_visa")));
        assertThat(dataSource.statements).hasSize(3).satisfiesExactly(
                lock -> assertThat(lock).contains("for no key update"),
                rows -> assertThat(rows).startsWith("insert into payment "),
                stream -> assertThat(stream).startsWith("insert into payment_event"));
        dataSource.statements.clear();
        change(payments, orders, known -> known.decider()
                .authorizationAnswered(new GatewayAnswer.Authorized("auth-" + known.orderId())));
        assertThat(dataSource.statements).hasSize(4).satisfiesExactly(
                lock -> assertThat(lock).contains("for no key update"),
                load -> assertThat(load).contains("left join payment_event"),
                rows -> assertThat(rows).startsWith("update payment"),
                stream -> assertThat(stream).startsWith("insert into payment_event"));
    }

    @Test
    void whereNothingIsNewNothingIsWritten() {
        Payments payments = payments(20);
        authorize(payments, order);
        change(payments, List.of(order), known -> known.decider().capture());
        dataSource.statements.clear();
        change(payments, List.of(order), known -> known.decider().capture());
        assertThat(dataSource.statements).hasSize(2).allMatch(statement -> statement.startsWith("select"));
    }

    @Test
    void whatIsRebuiltIsTheSameWithAnySnapshotsAndWithNone() {
        for (int seed = 0; seed < 30; seed++) {
            Random random = new Random(seed);
            OrderId id = new OrderId(Ids.next());
            playAtRandom(random, id, payments(1 + random.nextInt(5)));
            PaymentState served = payments(20).find(id).orElseThrow().state();
            PaymentState rebuilt = PaymentState.NEW;
            for (var entry : tables(20).stream(id, 0, 1_000)) {
                rebuilt = rebuilt.evolve(ChangeJson.read(entry.stored()));
            }
            assertThat(rebuilt).as("seed %d", seed).isEqualTo(served);
            assertThat(PaymentView.from(id, rebuilt)).isEqualTo(PaymentView.from(id, served));
        }
        assertThat(jdbc.queryForObject("select count(*) from payment where snapshot is not null", Long.class))
                .isPositive();
    }

    @Test
    void aSnapshotSparesTheChangesBeforeIt() {
        Payments payments = payments(2);
        authorize(payments, order);
        assertThat(snapshotVersion()).isEqualTo(2);
        // Nobody looks there any more: what is served is the snapshot and what came after it.
        jdbc.update("delete from payment_event where order_id = ?", order.value());
        assertThat(payments.find(order).orElseThrow().state().status()).isEqualTo(PaymentStatus.AUTHORIZED);
    }

    @Test
    void aSnapshotOfAFormThatIsNotKnownIsPassedOverAndMadeAgain() {
        Payments payments = payments(2);
        authorize(payments, order);
        jdbc.update(
                "update payment set snapshot = '{\"of\": \"another form\"}', snapshot_schema = 99 where order_id = ?",
                order.value());
        assertThat(payments.find(order).orElseThrow().state().status()).isEqualTo(PaymentStatus.AUTHORIZED);
        change(payments, List.of(order), known -> known.decider().capture());
        assertThat(snapshotVersion()).isEqualTo(3);
        assertThat(jdbc.queryForObject("select snapshot_schema from payment where order_id = ?", Integer.class,
                order.value())).isEqualTo(PaymentTables.SNAPSHOT_SCHEMA);
    }

    @Test
    void aStreamWithAGapIsNoPayment() {
        authorize(payments(20), order);
        jdbc.update("delete from payment_event where order_id = ? and version = 1", order.value());
        assertThatThrownBy(() -> payments(20).find(order)).hasMessageContaining("its stream has 1 changes");
    }

    @Test
    void whoWaitedForTheLockSeesTheChangesThatItWaitedFor() {
        Payments payments = payments(20);
        authorize(payments, order);
        var locked = new CountDownLatch(1);
        var seen = CompletableFuture.supplyAsync(() -> {
            await().until(() -> locked.getCount() == 0);
            return transaction.execute(status -> {
                payments.lock(List.of(order));
                return payments.find(order).orElseThrow().state().status();
            });
        });
        transaction.executeWithoutResult(status -> {
            payments.lock(List.of(order));
            locked.countDown();
            await().until(() -> waiting() > 0);
            decide(payments, order, known -> known.decider().capture());
        });
        assertThat(seen.orTimeout(20, TimeUnit.SECONDS).join())
                .isEqualTo(PaymentStatus.CAPTURING);
    }

    @Test
    void whoDidNotLockAndCameTooLateStoresNothing() {
        Payments payments = payments(20);
        authorize(payments, order);
        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
            decide(payments, order, known -> known.decider().capture());
            CompletableFuture.runAsync(() -> change(payments, List.of(order), known -> known.decider().capture()))
                    .orTimeout(20, TimeUnit.SECONDS).join();
        })).isInstanceOf(OptimisticLockingFailureException.class);
        assertThat(payments.find(order).orElseThrow().version()).isEqualTo(3);
    }

    @Test
    void theDatabaseItselfKeepsWhatIsRefundedWithinWhatIsCaptured() {
        authorize(payments(20), order);
        assertThatThrownBy(
                () -> jdbc.update("update payment set refunding_minor = 1 where order_id = ?", order.value()))
                .isInstanceOf(DataIntegrityViolationException.class)
                .hasMessageContaining("payment_refunded_within_captured");
    }

    private void playAtRandom(Random random, OrderId id, Payments payments) {
        var gateway = new ModelGateway(random, id);
        var inMemory = new PaymentInMemory(id, gateway, 1);
        // What happens in memory is stored change by change, some of them together.
        for (int step = 0; step < 14; step++) {
            try {
                inMemory.decide(step, decisionAtRandom(random));
            } catch (IllegalStateException forbidden) {
                // Nothing has happened.
            }
            inMemory.makeNextCall();
        }
        List<ChangeJson.Stored> stream = List.copyOf(inMemory.stream);
        int stored = 0;
        while (stored < stream.size() || stored == 0) {
            List<PaymentChange> next = stream.subList(stored, Math.min(stream.size(), stored + 1 + random.nextInt(3)))
                    .stream().map(ChangeJson::read).toList();
            change(payments, List.of(id), known -> Decision.note(next.toArray(PaymentChange[]::new)));
            stored += Math.max(1, next.size());
        }
    }

    private static Function<Payment, Decision> decisionAtRandom(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> known -> known.decider().voidAuthorization();
            case 1, 2 -> known -> known.decider().authorize(TOTAL, new PaymentMethod("pm_card_visa"));
            case 3 -> known -> known.refunds().refund(new RefundId(Ids.next()), Money.of(100, "JPY"), "olga", "broken");
            default -> known -> known.decider().capture();
        };
    }

    private void authorize(Payments payments, OrderId id) {
        change(payments, List.of(id), known -> known.decider().authorize(TOTAL, new PaymentMethod("pm_card_visa")));
        change(payments, List.of(id), known -> known.decider()
                .authorizationAnswered(new GatewayAnswer.Authorized("auth-" + id)));
    }

    private void change(
            Payments payments, List<OrderId> orders, Function<Payment, Decision> decision) {
        transaction.executeWithoutResult(status -> {
            payments.lock(orders);
            orders.forEach(id -> decide(payments, id, decision));
        });
    }

    private static void decide(
            Payments payments, OrderId id, Function<Payment, Decision> decision) {
        Payment payment = payments.find(id).orElseGet(() -> new Payment(id));
        Decision decided = decision.apply(payment);
        payment.follow(decided);
        if (decided.reaction() instanceof Decision.Answer) {
            payment.events().nextSequence();
        }
        payments.save(payment);
    }

    private PaymentTables tables(int snapshotEvery) {
        return new PaymentTables(jdbc, new PaymentSettings(snapshotEvery), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private Payments payments(int snapshotEvery) {
        return new StoredPayments(tables(snapshotEvery));
    }

    private long snapshotVersion() {
        Long version = jdbc.queryForObject("select snapshot_version from payment where order_id = ?", Long.class,
                order.value());
        return version == null ? -1 : version;
    }

    private static long waiting() {
        Long waiting = new JdbcTemplate(new DriverManagerDataSource(DATABASE.url())).queryForObject(
                "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
                Long.class);
        return waiting == null ? 0 : waiting;
    }
}
