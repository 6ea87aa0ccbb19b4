package dev.waybill.messaging.inbox;

import dev.waybill.events.MessageId;
import dev.waybill.events.OrderEvent.OrderConfirmed;
import dev.waybill.messaging.MessageContext;
import dev.waybill.messaging.MessageJson;
import org.junit.jupiter.api.Test;
import org.springframework.dao.CannotAcquireLockException;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What becomes of the records of a poll that can be handled, or are for others. */
class HandlingTest extends FedByHand {

    @Test
    void aPollIsHandledInItsOrderInOneTransaction() {
        handling().handle(List.of(confirm(ALICE), confirm(BOB), confirm(ALICE)));
        assertThat(effects()).containsExactly(ALICE, BOB, ALICE);
        assertThat(batches).isEqualTo(1);
    }

    @Test
    void aMessageThatComesAgainHasNoSecondEffect() {
        var message = confirm(ALICE);
        handling().handle(List.of(message));
        handling().handle(List.of(message, confirm(BOB)));
        handling().handle(List.of(message, message));
        assertThat(effects()).containsExactlyInAnyOrder(ALICE, BOB);
        assertThat(count("inbox_duplicates")).isEqualTo(3);
    }

    @Test
    void theSameMessageTwiceInOnePollHasOneEffect() {
        var message = confirm(ALICE);
        handling().handle(List.of(message, message));
        assertThat(effects()).containsExactly(ALICE);
    }

    @Test
    void aTransientFaultIsThrownAndNothingIsSkipped() {
        poison.put(BOB, new CannotAcquireLockException("deadlock"));
        var poll = List.of(confirm(ALICE), confirm(BOB));
        assertThatThrownBy(() -> handling().handle(poll)).isInstanceOf(CannotAcquireLockException.class);
        assertThat(effects()).isEmpty();
        assertThat(parked()).isEmpty();

        poison.clear();
        handling().handle(poll);
        assertThat(effects()).containsExactlyInAnyOrder(ALICE, BOB);
    }

    @Test
    void anUnknownTypeIsPassedOverAndCountedOnAnEventTopic() {
        handling().handle(List.of(eventRecord("dev.waybill.order.teleported.v1", "{}")));
        assertThat(parked()).isEmpty();
        assertThat(count("messages_unknown_type")).isEqualTo(1);
    }

    @Test
    void aConnectionThatBreaksWhileAMessageIsHandledIsATransientFault() {
        var poll = List.of(confirm(ALICE));
        Handling breaking = handling(_ -> jdbc.execute("select pg_terminate_backend(pg_backend_pid())"));
        assertThatThrownBy(() -> breaking.handle(poll)).isInstanceOf(RuntimeException.class);
        assertThat(parked()).isEmpty();
        handling().handle(poll);
        assertThat(effects()).containsExactly(ALICE);
    }

    @Test
    void aKnownTypeWithoutHandlerIsPassedOver() {
        handling().handle(List
                .of(eventRecord("dev.waybill.order.confirmed.v1", MessageJson.write(new OrderConfirmed(ALICE)))));
        assertThat(parked()).isEmpty();
        assertThat(jdbc.queryForObject("select count(*) from inbox", Long.class)).isZero();
    }

    @Test
    void theHandlerKnowsTheMessageThatItHandles() {
        List<MessageId> ids = new ArrayList<>();
        handling(message -> MessageContext.current().map(MessageContext::id).ifPresent(ids::add))
                .handle(List.of(confirm(ALICE), confirm(BOB)));
        assertThat(ids).hasSize(2).doesNotHaveDuplicates();
        assertThat(MessageContext.current()).isEmpty();
    }
}
