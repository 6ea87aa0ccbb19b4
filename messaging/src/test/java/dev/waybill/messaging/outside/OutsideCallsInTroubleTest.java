package dev.waybill.messaging.outside;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import dev.waybill.events.MessageId;
import dev.waybill.events.OrderId;
import dev.waybill.messaging.Ids;
import dev.waybill.messaging.MessageContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import tools.jackson.core.JacksonException;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNullElse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Processes die, answers stay away, records fail: calls are made again, with the same key, until they are recorded, once. */
class OutsideCallsInTroubleTest extends CallingService {

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
    void anAttemptThatDidNotReachTheOtherSideIsRepeatedAndNotDoubted() {
        CallingProcess process = running();
        var attempts = new AtomicInteger();
        authorize.outside = (id, key) -> {
            if (attempts.incrementAndGet() < 3) {
                throw new OutcomeUnknownException("nobody at home", false, false, new IllegalStateException());
            }
            return "yes";
        };
        process.request(order, AUTHORIZE);
        await().untilAsserted(() -> assertThat(authorize.recorded).containsExactly(order));
        assertThat(authorize.made).hasSize(3);
        assertThat(authorize.doubted).isEmpty();
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

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRecordThatFailsHoldsUpNoOtherOfItsBatch(boolean byAnError) {
        CallingProcess process = running();
        var first = new OrderId(Ids.next());
        authorize.recording = (id, outcome) -> {
            if (id.equals(first)) {
                // So that the others are recorded together, and the failing one among them.
                await().until(() -> authorize.made.size() >= 22);
            }
            if (id.equals(order)) {
                if (byAnError) {
                    throw new StackOverflowError();
                }
                throw new IllegalStateException("never");
            }
            effect(process, id);
        };
        process.request(first, AUTHORIZE);
        List<OrderId> others = Stream.generate(() -> new OrderId(Ids.next())).limit(20).toList();
        process.transaction.executeWithoutResult(status -> {
            process.calls.request(AUTHORIZE, order);
            others.forEach(id -> process.calls.request(AUTHORIZE, id));
        });
        await().untilAsserted(() -> assertThat(others).allSatisfy(id -> assertThat(effects(process, id)).isEqualTo(1)));
        assertThat(process.open()).isEqualTo(1);
    }

    /** An answer that cannot be read, and then a database that does not take what was answered. */
    @Test
    void neitherACallNorARecordThatFailsQuotesACustomerInTheLog() {
        Logger logger = (Logger) LoggerFactory.getLogger("dev.waybill.messaging.outside");
        var log = new ListAppender<ILoggingEvent>();
        log.start();
        logger.addAppender(log);
        CallingProcess process = running();
        authorize.outside = (id, key) -> {
            if (authorize.made.size() == 1) {
                throw new IllegalStateException("Zebulon Quagmire cannot be read",
                        new JacksonException("Unrecognized token 'Zebulon'") {});
            }
            return "yes";
        };
        authorize.recording = (id, outcome) -> {
            if (authorize.made.size() == 2) {
                throw new DuplicateKeyException("Key (mail)=(zebulon.quagmire@example.com) already exists",
                        new SQLException("ERROR: not unique\n Key (mail)=(zebulon.quagmire@example.com)", "23505"));
            }
        };
        process.request(order, AUTHORIZE);
        await().untilAsserted(() -> assertThat(authorize.recorded).containsExactly(order));
        logger.detachAppender(log);
        assertThat(log.list.stream().map(line -> line.getFormattedMessage() + "\n"
                + requireNonNullElse(ThrowableProxyUtil.asString(line.getThrowableProxy()), "")))
                .anySatisfy(line -> assertThat(line).contains("has no definite outcome", "without its words"))
                .anySatisfy(line -> assertThat(line).contains("could not be recorded", "without its words"))
                .allSatisfy(line -> assertThat(line).doesNotContainIgnoringCase("zebulon"));
    }

    @Test
    void theAgeOfTheOldestOpenCallIsToldUntilItsOutcomeIsRecorded() {
        CallingProcess crashed = process(
                CallingProcess.dead(database, claiming(Duration.ofMillis(300)), authorize, cancel));
        var table = new OutsideCallTable(crashed.jdbc);
        assertThat(table.oldestOpenSeconds()).isZero();
        crashed.request(order, AUTHORIZE);
        crashed.jdbc.update("update outside_call set requested_at = requested_at - interval '10 minutes'");
        crashed.request(new OrderId(Ids.next()), AUTHORIZE);
        assertThat(table.oldestOpenSeconds()).isBetween(600.0, 660.0);
        running();
        await().untilAsserted(() -> assertThat(table.oldestOpenSeconds()).isZero());
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
}
