package dev.waybill.messaging.outside;

import dev.waybill.events.MessageId;
import dev.waybill.events.OrderId;
import dev.waybill.messaging.Ids;
import dev.waybill.messaging.MessageContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** What a call comes to is learned in another way, before it has answered itself; and calls that are about one of several. */
class SettlingOutsideCallsTest extends CallingService {

    private final ScriptedRefund refund = new ScriptedRefund();
    private final CallingProcess process = process(
            CallingProcess.dead(database, CallingProcess.QUICK, authorize, cancel, refund));

    @BeforeEach
    void start() {
        process.start();
    }

    @Test
    void itIsRecordedOnceUnderItsCauseAndItsOwnAnswerChangesNothing() {
        var answered = new CountDownLatch(1);
        authorize.outside = (id, key) -> {
            waitFor(answered);
            return "late";
        };
        authorize.recording = (id, outcome) -> assertThat(outcome).isEqualTo("told");
        var cause = new MessageContext(new MessageId(Ids.next()), null, null, order.toString(), 7, null);
        cause.run(() -> process.request(order, AUTHORIZE));
        await().until(() -> authorize.made.size() == 1);

        assertThat(settleAuthorization("told")).isTrue();

        assertThat(authorize.recorded).containsExactly(order);
        assertThat(authorize.causes).containsEntry(order, cause);
        assertThat(process.open()).isZero();
        answered.countDown();
        await().during(Duration.ofMillis(300)).untilAsserted(() -> assertThat(authorize.recorded).hasSize(1));
    }

    @Test
    void oneThatHadNoAnswerIsNotMadeAgain() {
        authorize.outside = (id, key) -> {
            throw new IllegalStateException("no answer");
        };
        process.request(order, AUTHORIZE);
        await().until(() -> !authorize.doubted.isEmpty());
        settleAuthorization("told");
        int made = authorize.made.size();
        await().during(Duration.ofMillis(400))
                .untilAsserted(() -> assertThat(authorize.made).hasSizeLessThanOrEqualTo(made + 1));
        assertThat(authorize.recorded).containsExactly(order);
    }

    @Test
    void whatWaitsBehindItIsMadeAtOnce() {
        var never = new CountDownLatch(1);
        authorize.outside = (id, key) -> {
            waitFor(never);
            return "late";
        };
        process.request(order, AUTHORIZE, CANCEL);
        await().until(() -> authorize.made.size() == 1);
        settleAuthorization("told");
        await().untilAsserted(() -> assertThat(cancel.recorded).containsExactly(order));
        never.countDown();
    }

    /** Looking for calls that are due costs a statement, for each call that a webhook settles. */
    @Test
    void nobodyIsWokenForAnOrderThatHasNoFurtherCall() {
        var never = new CountDownLatch(1);
        authorize.outside = (id, key) -> {
            waitFor(never);
            return "late";
        };
        OrderId other = new OrderId(Ids.next());
        process.request(other, AUTHORIZE);
        process.request(order, AUTHORIZE, CANCEL);
        await().until(() -> authorize.made.size() == 2);
        var table = new OutsideCallTable(process.jdbc);

        assertThat(table.closeFirst(other, AUTHORIZE, process.keyOf(other)))
                .hasValueSatisfying(closed -> assertThat(closed.nextWaits()).isFalse());
        UUID first = requireNonNull(process.jdbc.queryForObject(
                "select id from outside_call where order_id = ? and kind = ?", UUID.class, order.value(), AUTHORIZE));
        assertThat(table.closeFirst(order, AUTHORIZE, first))
                .hasValueSatisfying(closed -> assertThat(closed.nextWaits()).isTrue());
        never.countDown();
    }

    @Test
    void whatTheOrderDoesNotWaitForIsNotSettled() {
        var never = new CountDownLatch(1);
        authorize.outside = (id, key) -> {
            waitFor(never);
            return "yes";
        };
        process.request(order, AUTHORIZE, CANCEL);
        UUID waiting = requireNonNull(process.jdbc.queryForObject(
                "select id from outside_call where order_id = ? and kind = ?", UUID.class, order.value(), CANCEL));
        Boolean settled = process.transaction.execute(status -> process.calls.settle(cancel, order, waiting, "told"));
        assertThat(settled).isFalse();
        assertThat(cancel.recorded).isEmpty();
        assertThat(process.open()).isEqualTo(2);
        never.countDown();
    }

    @Test
    void whatWasDoneUnderAnotherKeyIsNotTheCallsOutcome() {
        authorize.outside = (id, key) -> {
            throw new IllegalStateException("no answer");
        };
        process.request(order, AUTHORIZE);
        await().until(() -> !authorize.made.isEmpty());
        assertThat(settle(order, Ids.next())).isFalse();
        assertThat(settle(new OrderId(Ids.next()), keyOfAuthorization())).isFalse();
        assertThat(authorize.recorded).isEmpty();
        assertThat(process.open()).isEqualTo(1);
    }

    @Test
    void whatIsRolledBackIsNotSettled() {
        var answered = new CountDownLatch(1);
        authorize.outside = (id, key) -> {
            waitFor(answered);
            return "yes";
        };
        authorize.recording = (id, outcome) -> effect(process, id);
        process.request(order, AUTHORIZE);
        await().until(() -> !authorize.made.isEmpty());
        assertThatThrownBy(() -> process.transaction.executeWithoutResult(status -> {
            process.calls.settle(authorize, order, keyOfAuthorization(), "told");
            throw new IllegalStateException("changed my mind");
        })).hasMessage("changed my mind");
        assertThat(process.open()).isEqualTo(1);
        answered.countDown();
        await().untilAsserted(() -> assertThat(effects(process, order)).isEqualTo(1));
    }

    @Test
    void outsideATransactionNothingCanBeSettled() {
        assertThatThrownBy(() -> process.calls.settle(authorize, order, Ids.next(), "told"))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void severalOfAKindAreMadeAndRecordedEachForItself() {
        UUID one = Ids.next();
        UUID two = Ids.next();
        process.transaction.executeWithoutResult(status -> {
            process.calls.request("refund", order, one);
            process.calls.request("refund", order, two);
        });
        await().untilAsserted(() -> assertThat(refund.recorded).containsExactly(
                new ScriptedRefund.Recorded(order, one, "yes"), new ScriptedRefund.Recorded(order, two, "yes")));
        assertThat(refund.made).extracting(ScriptedRefund.Made::key).doesNotHaveDuplicates();
    }

    @Test
    void whichOneIsInDoubtIsKnownAndOnlyThatIsSettled() {
        refund.outside = (id, key) -> {
            throw new IllegalStateException("no answer");
        };
        UUID one = Ids.next();
        UUID two = Ids.next();
        process.transaction.executeWithoutResult(status -> {
            process.calls.request("refund", order, one);
            process.calls.request("refund", order, two);
        });
        await().until(() -> !refund.doubted.isEmpty());
        assertThat(refund.doubted).containsOnly(one);
        assertThat(settleRefund(Ids.next())).isFalse();
        assertThat(settleRefund(refund.made.getFirst().key())).isTrue();
        assertThat(refund.recorded).containsExactly(new ScriptedRefund.Recorded(order, one, "told"));
    }

    @Test
    void whatIsOpenIsShownWithWhatKeepsIt() {
        refund.outside = (id, key) -> {
            throw new IllegalStateException("the line is dead");
        };
        UUID about = Ids.next();
        process.transaction.executeWithoutResult(status -> process.calls.request("refund", order, about));
        process.request(order, CANCEL);
        var open = new OpenCalls(process.jdbc);
        await().untilAsserted(() -> assertThat(open.list(order.value(), null, 10)).hasSize(2).first()
                .satisfies(call -> {
                    assertThat(call.kind()).isEqualTo("refund");
                    assertThat(call.about()).isEqualTo(about);
                    assertThat(call.attempts()).isPositive();
                    assertThat(call.lastError()).contains("the line is dead");
                }));
        var all = open.list(null, null, 10);
        assertThat(all).hasSize(2);
        assertThat(all.getLast().attempts()).isZero();
        assertThat(open.list(null, all.getFirst().id(), 10)).hasSize(1);
        assertThat(open.list(Ids.next(), null, 10)).isEmpty();
    }

    private UUID keyOfAuthorization() {
        return authorize.made.getFirst().key();
    }

    private boolean settleAuthorization(String outcome) {
        return Boolean.TRUE.equals(process.transaction
                .execute(status -> process.calls.settle(authorize, order, keyOfAuthorization(), outcome)));
    }

    private boolean settle(OrderId whose, UUID key) {
        return Boolean.TRUE.equals(
                process.transaction.execute(status -> process.calls.settle(authorize, whose, key, "told")));
    }

    private boolean settleRefund(UUID key) {
        return Boolean.TRUE.equals(
                process.transaction.execute(status -> process.calls.settle(refund, order, key, "told")));
    }
}
