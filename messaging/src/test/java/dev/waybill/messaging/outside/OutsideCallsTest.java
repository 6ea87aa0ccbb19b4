package dev.waybill.messaging.outside;

import dev.waybill.events.OrderId;
import dev.waybill.events.OrderNumber;
import dev.waybill.events.SagaId;
import dev.waybill.messaging.Ids;
import dev.waybill.messaging.MessageContext;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** Calls to the outside are made after the commit, in order, and recorded once. */
class OutsideCallsTest extends CallingService {

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
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", new OrderNumber("W-100042"), null);
        cause.run(() -> process.request(order, AUTHORIZE));
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
}
