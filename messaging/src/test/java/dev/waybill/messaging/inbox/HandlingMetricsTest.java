package dev.waybill.messaging.inbox;

import dev.waybill.events.Envelope.Header;
import dev.waybill.events.OrderCommand.ConfirmOrder;
import dev.waybill.events.OrderId;
import dev.waybill.messaging.MessageJson;
import io.micrometer.core.instrument.Timer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.springframework.dao.CannotAcquireLockException;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** How long messages take is measured from their being said to the commit of what came of them, each once. */
class HandlingMetricsTest extends FedByHand {

    private Timer handled() {
        return metrics.get("messages.handled").tag("subscription", "test").tag("topic", "order.commands").timer();
    }

    private ConsumerRecord<String, byte[]> said(OrderId order, long secondsAgo) {
        return record(order, MessageJson.write(new ConfirmOrder(order)),
                Map.of(Header.TIME, Instant.now().minusSeconds(secondsAgo).toString()));
    }

    @Test
    void itIsThereBeforeAnythingWasHandled() {
        handling();

        assertThat(handled().count()).isZero();
    }

    @Test
    void theTimeIsThatSinceTheMessageWasSaid() {
        handling().handle(List.of(said(ALICE, 40), said(BOB, 3)));

        assertThat(handled().count()).isEqualTo(2);
        assertThat(handled().totalTime(TimeUnit.SECONDS)).isBetween(43.0, 60.0);
        assertThat(handled().max(TimeUnit.SECONDS)).isBetween(40.0, 55.0);
    }

    @Test
    void whatIsRolledBackHasNotBeenHandledAndCountsWhenItIs() {
        var poll = List.of(said(ALICE, 0), said(BOB, 0));
        poison.put(BOB, new CannotAcquireLockException("deadlock"));
        assertThatThrownBy(() -> handling().handle(poll)).isInstanceOf(CannotAcquireLockException.class);
        assertThat(handled().count()).isZero();

        poison.clear();
        handling().handle(poll);
        assertThat(handled().count()).isEqualTo(2);
    }

    @Test
    void whatComesAgainAndWhatIsParkedDoNotCount() {
        var message = said(ALICE, 0);
        poison.put(BOB, new IllegalStateException("no such order"));
        handling().handle(List.of(message, said(BOB, 0)));
        handling().handle(List.of(message));

        assertThat(parked()).hasSize(1);
        assertThat(handled().count()).isEqualTo(1);
    }

    @Test
    void aSenderWhoseClockIsAheadTakesNoTime() {
        handling().handle(List.of(said(ALICE, -30)));

        assertThat(handled().count()).isEqualTo(1);
        assertThat(handled().totalTime(TimeUnit.SECONDS)).isZero();
    }
}
