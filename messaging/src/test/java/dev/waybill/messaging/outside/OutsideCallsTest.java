package dev.waybill.messaging.outside;

import dev.waybill.events.MessageId;
import dev.waybill.events.OrderId;
import dev.waybill.events.SagaId;
import dev.waybill.messaging.Ids;
import dev.waybill.messaging.MessageContext;
import dev.waybill.testing.TestServers;
import dev.waybill.testing.TestServers.Database;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ScriptUtils;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** Calls to the outside, on a real PostgreSQL: made after the commit, in order, again until they answer, recorded once. */
class OutsideCallsTest {

    private static final String AUTHORIZE = "authorize";
    private static final String CANCEL = "cancel";

    private final Database database = TestServers.freshDatabase("outside_calls");
    private final ScriptedCall authorize = new ScriptedCall(AUTHORIZE);
    private final ScriptedCall cancel = new ScriptedCall(CANCEL);
    private final OrderId order = new OrderId(Ids.next());
    private final List<CallingProcess> processes = new ArrayList<>();

    @BeforeEach
    void schema() throws SQLException {
        try (Connection connection = database.connect(); var statement = connection.createStatement()) {
            ScriptUtils.executeSqlScript(connection, new ClassPathResource("db/messaging/V2__outside_calls.sql"));
            statement.execute("create table effect (order_id uuid not null)");
        }
    }

    @AfterEach
    void end() {
        processes.forEach(CallingProcess::close);
        assertThat(authorize.faults).isEmpty();
        assertThat(cancel.faults).isEmpty();
    }

    @Test
    void aRequestThatIsRolledBackIsNeverMade() {
        CallingProcess process = running();
        assertThatThrownBy(() -> process.transaction.executeWithoutResult(status -> {
            process.calls.request(AUTHORIZE, order);
            throw new IllegalStateException("changed my mind");
        })).hasMessage("changed my mind");
        OrderId other = new OrderId(Ids.next());
        process.request(other, AUTHORIZE);
        await().untilAsserted(() -> assertThat(authorize.recorded).containsExactly(other));
        assertThat(authorize.made).extracting(ScriptedCall.Made::orderId).containsExactly(other);
    }

    @Test
    void outsideATransactionNothingCanBeRequested() {
        CallingProcess process = running();
        assertThatThrownBy(() -> process.calls.request(AUTHORIZE, order)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aKindThatNobodyMakesIsRefusedAtOnce() {
        CallingProcess process = running();
        assertThatThrownBy(() -> process.request(order, "refund")).hasMessageContaining("refund");
    }

    @Test
    void theOutcomeIsRecordedInTheTransactionThatClosesTheRequest() {
        CallingProcess process = running();
        authorize.recording = (id, outcome) -> effect(process, id);
        process.request(order, AUTHORIZE);
        await().untilAsserted(() -> assertThat(effects(process, order)).isEqualTo(1));
        assertThat(process.open()).isZero();
    }

    @Test
    void whatTheOutcomeSaysIsCausedByTheMessageThatRequestedTheCall() {
        CallingProcess process = running();
        var cause = new MessageContext(Ids.nextMessageId(), Ids.nextMessageId(), new SagaId(Ids.next()), "order-1", 41,
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        cause.run(() -> process.request(order, AUTHORIZE));
        await().untilAsserted(() -> assertThat(authorize.causes).containsEntry(order, cause));
    }

    @Test
    void theCauseSurvivesTheProcess() {
        CallingProcess crashed = process(
                CallingProcess.dead(database, claiming(Duration.ofMillis(300)), authorize, cancel));
        var cause = new MessageContext(new MessageId(Ids.next()), null, null, order.toString(), 7, null);
        cause.run(() -> crashed.request(order, AUTHORIZE));
        running();
        await().untilAsserted(() -> assertThat(authorize.causes).containsEntry(order, cause));
    }

    @Test
    void callsOfOneOrderAreMadeOneAfterAnotherInTheOrderOfTheRequests() {
        CallingProcess process = running();
        List<String> made = new ArrayList<>();
        var answered = new CountDownLatch(1);
        authorize.outside = (id, key) -> {
            waitFor(answered);
            made.add(AUTHORIZE);
            return "yes";
        };
        cancel.outside = (id, key) -> {
            made.add(CANCEL);
            return "yes";
        };
        process.request(order, AUTHORIZE, CANCEL);
        process.request(order, AUTHORIZE);
        await().until(() -> authorize.made.size() == 1);
        assertThat(cancel.made).isEmpty();
        answered.countDown();
        await().until(() -> process.open() == 0);
        assertThat(made).containsExactly(AUTHORIZE, CANCEL, AUTHORIZE);
    }

    @Test
    void aLaterCallWaitsAsLongAsTheEarlierOneIsInDoubt() {
        CallingProcess process = running();
        var attempts = new AtomicInteger();
        authorize.outside = (id, key) -> {
            if (attempts.incrementAndGet() < 4) {
                throw new IllegalStateException("no answer");
            }
            assertThat(cancel.made).isEmpty();
            return "yes";
        };
        process.request(order, AUTHORIZE);
        process.request(order, CANCEL);
        await().untilAsserted(() -> assertThat(cancel.recorded).containsExactly(order));
        assertThat(attempts).hasValue(4);
    }

    @Test
    void callsOfDifferentOrdersRunSideBySideUpToTheLimit() {
        CallingProcess process = running();
        var release = new CountDownLatch(1);
        authorize.outside = (id, key) -> {
            waitFor(release);
            return "yes";
        };
        process.transaction.executeWithoutResult(
                status -> Stream.generate(Ids::next).limit(50)
                        .forEach(id -> process.calls.request(AUTHORIZE, new OrderId(id))));
        await().until(() -> authorize.made.size() == CallingProcess.QUICK.maxConcurrent());
        release.countDown();
        await().until(() -> authorize.recorded.size() == 50);
        assertThat(authorize.mostAtOnce).hasValue(CallingProcess.QUICK.maxConcurrent());
        assertThat(process.open()).isZero();
    }

    @Test
    void twoProcessesNeverMakeTheSameCallAtOnce() {
        CallingProcess one = running();
        CallingProcess two = running();
        List<OrderId> orders = Stream.generate(() -> new OrderId(Ids.next())).limit(100).toList();
        // Half of the second calls are found by the sweep of either process: they are not the first of their order.
        for (OrderId id : orders) {
            one.request(id, AUTHORIZE);
            two.request(id, CANCEL);
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> one.open() == 0);
        assertThat(authorize.made).extracting(ScriptedCall.Made::orderId).containsExactlyInAnyOrderElementsOf(orders);
        assertThat(cancel.made).extracting(ScriptedCall.Made::orderId).containsExactlyInAnyOrderElementsOf(orders);
        assertThat(authorize.recorded).containsExactlyInAnyOrderElementsOf(orders);
    }

    @Test
    void aCallWhoseProcessDiedIsMadeAgainWithTheSameKeyAndRecordedOnce() {
        CallingProcess crashed = running(claiming(Duration.ofMillis(400)));
        var first = new CountDownLatch(1);
        var attempts = new AtomicInteger();
        var other = new ScriptedCall(AUTHORIZE);
        authorize.outside = (id, key) -> {
            attempts.incrementAndGet();
            waitFor(first);
            return "yes";
        };
        authorize.recording = (id, outcome) -> effect(crashed, id);
        crashed.request(order, AUTHORIZE);
        await().until(() -> attempts.get() == 1);
        UUID key = crashed.keyOf(order);

        CallingProcess successor = process(
                CallingProcess.running(database, claiming(Duration.ofSeconds(20)), other, cancel));
        other.recording = (id, outcome) -> effect(successor, id);
        await().untilAsserted(() -> assertThat(other.recorded).containsExactly(order));
        assertThat(other.made).containsExactly(new ScriptedCall.Made(order, key));

        first.countDown();
        await().during(Duration.ofMillis(300)).untilAsserted(() -> assertThat(effects(successor, order)).isEqualTo(1));
        assertThat(authorize.recorded).isEmpty();
    }

    @Test
    void anAttemptWithoutAnOutcomeIsDoubtedAndRepeatedWithTheSameKeyAfterGrowingPauses() {
        CallingProcess process = running();
        List<Long> times = new ArrayList<>();
        authorize.outside = (id, key) -> {
            times.add(System.nanoTime());
            if (times.size() < 5) {
                throw new IllegalStateException("no answer");
            }
            return "yes";
        };
        process.request(order, AUTHORIZE);
        await().untilAsserted(() -> assertThat(authorize.recorded).containsExactly(order));
        assertThat(authorize.doubted).hasSize(4).containsOnly(order);
        assertThat(authorize.made.stream().map(ScriptedCall.Made::key).distinct()).hasSize(1);
        // 50, 100, 200 and 400 ms in the mean, and at least half of that.
        assertThat(Duration.ofNanos(times.get(4) - times.get(0))).isGreaterThan(Duration.ofMillis(375));
        assertThat(Duration.ofNanos(times.get(4) - times.get(3))).isGreaterThan(Duration.ofMillis(200));
    }

    @Test
    void aRecordThatFailsLeavesNothingBehindAndIsMadeUpForWithTheSameKey() {
        CallingProcess process = running();
        var records = new AtomicInteger();
        authorize.recording = (id, outcome) -> {
            effect(process, id);
            if (records.incrementAndGet() == 1) {
                throw new IllegalStateException("not now");
            }
        };
        process.request(order, AUTHORIZE);
        await().untilAsserted(() -> assertThat(authorize.recorded).containsExactly(order));
        await().untilAsserted(() -> assertThat(effects(process, order)).isEqualTo(1));
        assertThat(authorize.made).hasSize(2);
        assertThat(authorize.made.stream().distinct()).hasSize(1);
        assertThat(authorize.doubted).isEmpty();
        assertThat(process.meters.counter("outside.call.record.failures", "kind", AUTHORIZE).count()).isEqualTo(1);
    }

    @Test
    void aRecordThatFailsHoldsUpNoOtherOfItsBatch() {
        CallingProcess process = running();
        authorize.recording = (id, outcome) -> {
            if (id.equals(order)) {
                throw new IllegalStateException("never");
            }
            effect(process, id);
        };
        List<OrderId> others = Stream.generate(() -> new OrderId(Ids.next())).limit(20).toList();
        process.transaction.executeWithoutResult(status -> {
            process.calls.request(AUTHORIZE, order);
            others.forEach(id -> process.calls.request(AUTHORIZE, id));
        });
        await().untilAsserted(() -> assertThat(others).allSatisfy(id -> assertThat(effects(process, id)).isEqualTo(1)));
        assertThat(process.open()).isEqualTo(1);
    }

    @Test
    void aCallOfAKindThatIsNotKnownHereIsLeftToAProcessThatKnowsIt() {
        CallingProcess newer = process(
                CallingProcess.dead(database, claiming(Duration.ofMillis(1)), new ScriptedCall("refund")));
        newer.request(order, "refund");
        CallingProcess older = running();
        older.request(new OrderId(Ids.next()), AUTHORIZE);
        await().until(() -> authorize.recorded.size() == 1);
        assertThat(older.jdbc.queryForObject("select attempts from outside_call", Integer.class)).isEqualTo(1);
    }

    private CallingProcess running() {
        return running(CallingProcess.QUICK);
    }

    private CallingProcess running(OutsideCallSettings settings) {
        return process(CallingProcess.running(database, settings, authorize, cancel));
    }

    private CallingProcess process(CallingProcess process) {
        processes.add(process);
        return process;
    }

    private static OutsideCallSettings claiming(Duration claim) {
        return new OutsideCallSettings(
                8,
                claim,
                CallingProcess.QUICK.firstPause(),
                CallingProcess.QUICK.longestPause(),
                CallingProcess.QUICK.idlePoll(),
                CallingProcess.QUICK.shutdown());
    }

    private static void effect(CallingProcess process, OrderId orderId) {
        process.jdbc.update("insert into effect values (?)", orderId.value());
    }

    private static int effects(CallingProcess process, OrderId orderId) {
        Integer count = process.jdbc
                .queryForObject("select count(*) from effect where order_id = ?", Integer.class, orderId.value());
        return count == null ? 0 : count;
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
