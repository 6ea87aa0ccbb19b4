package dev.waybill.messaging.inbox;

import dev.waybill.events.Envelope.Header;
import dev.waybill.events.OrderCommand.ConfirmOrder;
import dev.waybill.messaging.MessageContext;
import dev.waybill.messaging.MessageJson;
import dev.waybill.messaging.inbox.ParkedAct.By;
import dev.waybill.messaging.inbox.ParkedAct.Kind;
import dev.waybill.messaging.inbox.ParkedMessage.Content;
import dev.waybill.messaging.inbox.ParkedMessage.State;
import dev.waybill.messaging.inbox.SeeingToParked.Answer;
import dev.waybill.messaging.inbox.WorkedOff.Ended;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;
import org.springframework.dao.CannotAcquireLockException;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a person does about parked messages, one person at a time. */
class SeeingToParkedTest extends FedByHand {

    private static final By CAROL = new By("carol", "the order was missing");

    @Test
    void aReplayHandlesTheParkedMessageAndThenWhatWaitsBehindItInOrder() {
        var messages = List.of(confirm(ALICE), confirm(ALICE), confirm(ALICE));
        parkThroughAFault(messages);
        WorkedOff done = done(seeing(handling()).replay(first(), null, CAROL));
        assertThat(done).isEqualTo(new WorkedOff(3, Ended.ALL_HANDLED, null, 0));
        assertThat(handledOf(ALICE)).containsExactlyElementsOf(ids(messages));
        assertThat(blockedKeys()).isZero();
        assertThat(parked()).isEmpty();
    }

    @Test
    void afterAReplayTheKeyFlowsAgain() {
        parkThroughAFault(List.of(confirm(ALICE)));
        done(seeing(handling()).replay(first(), null, CAROL));
        var next = confirm(ALICE);
        handling().handle(List.of(next));
        assertThat(handledOf(ALICE)).endsWith(idOf(next));
        assertThat(parked()).isEmpty();
    }

    @Test
    void aReplayedMessageThatComesAgainIsADuplicate() {
        var message = confirm(ALICE);
        parkThroughAFault(List.of(message));
        done(seeing(handling()).replay(first(), null, CAROL));
        handling().handle(List.of(message));
        assertThat(handledOf(ALICE)).hasSize(1);
    }

    @Test
    void aReplayedMessageIsTheCauseOfWhatFollowsLikeAnyOther() {
        List<MessageContext> contexts = new ArrayList<>();
        Handling hearing = handling(_ -> contexts.add(MessageContext.current().orElseThrow()));
        var live = record(BOB, MessageJson.write(new ConfirmOrder(BOB)), Map.of(Header.CAUSATION_ID, BOB.toString(),
                Header.SAGA_ID, BOB.toString(), Header.LOGICAL_TIME, "41", Header.TRACEPARENT, "a-trace"));
        hearing.handle(List.of(live));
        jdbc.execute("truncate inbox");
        handling().handle(List.of(copyUnderGarbage(live)));
        edit(first(), live.value());
        done(seeing(hearing).replay(first(), null, CAROL));
        assertThat(contexts).hasSize(2);
        assertThat(contexts.getLast()).isEqualTo(contexts.getFirst());
        assertThat(batches).as("it may prefetch as well").isGreaterThanOrEqualTo(2);
    }

    @Test
    void aMessageThatFailsAgainStaysWithItsAttemptsRaisedAndNothingPassesIt() {
        parkThroughAFault(List.of(confirm(ALICE), confirm(ALICE)));
        poison.put(ALICE, new IllegalStateException("still no such order"));
        WorkedOff done = done(seeing(handling()).replay(first(), null, CAROL));
        assertThat(done.ended()).isEqualTo(Ended.PARKED_AGAIN);
        assertThat(done.handled()).isZero();
        assertThat(done.waiting()).isEqualTo(2);
        assertThat(parked()).containsExactly(
                "PARKED " + ALICE + " still no such order 4", "WAITING_BEHIND " + ALICE + " null 0");
        assertThat(effects()).isEmpty();
    }

    @Test
    void aWaitingMessageThatFailsBecomesTheParkedOneAndTheRestGoesOnWaiting() {
        handling().handle(List.of(garbage(ALICE), confirm(ALICE), garbage(ALICE), confirm(ALICE)));
        UUID repaired = first();
        edit(repaired, MessageJson.write(new ConfirmOrder(ALICE)).getBytes(StandardCharsets.UTF_8));
        WorkedOff done = done(seeing(handling()).replay(repaired, null, CAROL));
        assertThat(done.handled()).isEqualTo(2);
        assertThat(done.ended()).isEqualTo(Ended.PARKED_AGAIN);
        assertThat(done.waiting()).isEqualTo(2);
        assertThat(parked()).hasSize(2);
        assertThat(queue().getFirst().state()).isEqualTo(State.PARKED);
        assertThat(queue().getFirst().attempts()).isEqualTo(1);
        assertThat(queue().getFirst()).isEqualTo(done.parked());
        assertThat(parked().getLast()).isEqualTo("WAITING_BEHIND " + ALICE + " null 0");
    }

    @Test
    void aMessageThatWaitsIsNeitherReplayedNorDiscardedPastTheOneBeforeIt() {
        parkThroughAFault(List.of(confirm(ALICE), confirm(ALICE)));
        UUID waiting = queue().getLast().id();
        var answer = new Answer.WaitsBehind<WorkedOff>(first());
        assertThat(seeing(handling()).replay(waiting, null, CAROL)).isEqualTo(answer);
        assertThat(seeing(handling()).discard(waiting, null, CAROL)).isEqualTo(answer);
        assertThat(parked()).hasSize(2);
        assertThat(effects()).isEmpty();
    }

    @Test
    void aTransientFaultLeavesTheMessageAsItWas() {
        parkThroughAFault(List.of(confirm(ALICE)));
        poison.put(ALICE, new CannotAcquireLockException("deadlock"));
        SeeingToParked seeing = seeing(handling());
        assertThatThrownBy(() -> seeing.replay(first(), null, CAROL)).isInstanceOf(CannotAcquireLockException.class);
        assertThat(parked()).containsExactly("PARKED " + ALICE + " no such order 3");
    }

    @Test
    void aTransientFaultBehindTheParkedMessageEndsTheReplayThere() {
        parkThroughAFault(List.of(confirm(ALICE), confirm(ALICE)));
        var handled = new AtomicInteger();
        WorkedOff done = done(seeing(handling(command -> {
            if (handled.getAndIncrement() > 0) {
                throw new CannotAcquireLockException("deadlock");
            }
            takeEffect(command);
        })).replay(first(), null, CAROL));
        assertThat(done.ended()).isEqualTo(Ended.INTERRUPTED);
        assertThat(done.handled()).isEqualTo(1);
        assertThat(parked()).containsExactly("PARKED " + ALICE + " null 0");
    }

    @Test
    void aReplayEndsInTimeAndTheNextOneGoesOn() {
        parkThroughAFault(List.of(confirm(ALICE), confirm(ALICE), confirm(ALICE)));
        WorkedOff done = done(seeing(Duration.ZERO, handling()).replay(first(), null, CAROL));
        assertThat(done.ended()).isEqualTo(Ended.TIME_IS_UP);
        assertThat(done.waiting()).isEqualTo(2);
        assertThat(done(seeing(handling()).replay(first(), null, CAROL)).ended()).isEqualTo(Ended.ALL_HANDLED);
        assertThat(handledOf(ALICE)).hasSize(3);
    }

    @Test
    void aDiscardedMessageIsDroppedAndWhatWaitsBehindItIsHandled() {
        var messages = List.of(garbage(ALICE), confirm(ALICE), confirm(ALICE));
        handling().handle(messages);
        WorkedOff done = done(seeing(handling()).discard(first(), null, CAROL));
        assertThat(done).isEqualTo(new WorkedOff(2, Ended.ALL_HANDLED, null, 0));
        assertThat(handledOf(ALICE)).containsExactlyElementsOf(ids(messages.subList(1, 3)));
    }

    @Test
    void anEditKeepsWhatArrived() {
        handling().handle(List.of(garbage(ALICE)));
        edit(first(), "first try".getBytes(StandardCharsets.UTF_8));
        edit(first(), "second try".getBytes(StandardCharsets.UTF_8));
        ParkedMessage message = queue().getFirst();
        assertThat(message.content().payload()).isEqualTo(bytes("second try"));
        assertThat(message.original()).isNotNull().extracting(Content::payload).isEqualTo(bytes("no json"));
        assertThat(message.version()).isEqualTo(3);
    }

    @Test
    void aMissingHeaderAndAWrongKeyAreRepairedByAnEditToo() {
        var noType = record(ALICE, MessageJson.write(new ConfirmOrder(ALICE)), Map.of(Header.TYPE, ""));
        var wrongKey = record(BOB, MessageJson.write(new ConfirmOrder(ALICE)), Map.of());
        handling().handle(List.of(noType, wrongKey));
        SeeingToParked seeing = seeing(handling());
        for (ParkedMessage message : queue()) {
            seeing.edit(message.id(), message.version(), content -> {
                Map<String, String> headers = new HashMap<>(content.headers());
                headers.put(Header.TYPE, "dev.waybill.order.confirm.v1");
                return new Content(headers, bytes("{\"orderId\": \"%s\"}".formatted(message.key())));
            }, CAROL);
            assertThat(done(seeing.replay(message.id(), null, CAROL)).ended()).isEqualTo(Ended.ALL_HANDLED);
        }
        assertThat(effects()).containsExactly(ALICE, BOB);
    }

    @Test
    void anEditOfWhatHasChangedMeanwhileIsRefused() {
        handling().handle(List.of(garbage(ALICE)));
        edit(first(), "first try".getBytes(StandardCharsets.UTF_8));
        assertThat(seeing(handling()).edit(first(), 1, content -> content, CAROL)).isEqualTo(new Answer.Changed<>(2));
        assertThat(seeing(handling()).replay(first(), 1L, CAROL)).isEqualTo(new Answer.Changed<>(2));
        assertThat(seeing(handling()).discard(first(), 1L, CAROL)).isEqualTo(new Answer.Changed<>(2));
    }

    @Test
    void aDryRunLeavesNothingBehindButItsJournal() {
        parkThroughAFault(List.of(confirm(ALICE)));
        DryRun run = done(seeing(handling()).dryRun(first(), CAROL));
        assertThat(run.result()).isEqualTo(DryRun.Result.HANDLED);
        assertThat(effects()).isEmpty();
        assertThat(parked()).containsExactly("PARKED " + ALICE + " no such order 3");
        assertThat(queue().getFirst().version()).isEqualTo(1);
        assertThat(kinds()).containsExactly(Kind.DRY_RUN);
    }

    @Test
    void aDryRunTellsTheFault() {
        parkThroughAFault(List.of(confirm(ALICE)));
        poison.put(ALICE, new IllegalStateException("still no such order"));
        DryRun run = done(seeing(handling()).dryRun(first(), CAROL));
        assertThat(run.result()).isEqualTo(DryRun.Result.FAULT);
        assertThat(run.reason()).isEqualTo("still no such order");
        assertThat(run.stack()).contains("IllegalStateException");
        assertThat(parked()).containsExactly("PARKED " + ALICE + " no such order 3");
    }

    @Test
    void everyActIsJournaledWithWhoAndWhyAndStaysWhenTheMessageIsGone() {
        handling().handle(List.of(garbage(ALICE), confirm(ALICE)));
        UUID parked = first();
        SeeingToParked seeing = seeing(handling());
        edit(parked, "still no json".getBytes(StandardCharsets.UTF_8));
        seeing.replay(parked, null, CAROL);
        seeing.discard(parked, null, CAROL);
        assertThat(queues.find(parked)).isEmpty();
        assertThat(kinds()).containsExactly(Kind.EDITED, Kind.FAILED, Kind.DISCARDED, Kind.HANDLED);
        assertThat(acts.list(null, ALICE.toString(), null, 10)).hasSize(4).allSatisfy(act -> {
            assertThat(act.who()).isEqualTo("carol");
            assertThat(act.why()).isEqualTo("the order was missing");
        });
        List<ParkedAct> ofMessage = acts.list(parked, null, null, 10);
        assertThat(ofMessage).extracting(ParkedAct::kind).containsExactly(Kind.DISCARDED, Kind.FAILED, Kind.EDITED);
        assertThat(ofMessage.getFirst().content()).isNotNull().extracting(Content::payload)
                .isEqualTo(bytes("still no json"));
        assertThat(ofMessage.getLast().content()).isNotNull();
    }

    @Test
    void whatASubscriptionThatIsGoneHasParkedCanOnlyBeDiscarded() {
        handling().handle(List.of(garbage(ALICE), confirm(ALICE)));
        UUID parked = first();
        var gone = new Answer.NoSubscription<WorkedOff>("test");
        assertThat(seeing().replay(parked, null, CAROL)).isEqualTo(gone);
        WorkedOff done = done(seeing().discard(parked, null, CAROL));
        assertThat(done.ended()).isEqualTo(Ended.NO_SUBSCRIPTION);
        assertThat(parked()).containsExactly("PARKED " + ALICE + " null 0");
    }

    @Test
    void whatIsNotThereCanNotBeSeenTo() {
        UUID nothing = UUID.randomUUID();
        SeeingToParked seeing = seeing(handling());
        assertThat(seeing.replay(nothing, null, CAROL)).isEqualTo(new Answer.Gone<>());
        assertThat(seeing.discard(nothing, null, CAROL)).isEqualTo(new Answer.Gone<>());
        assertThat(seeing.dryRun(nothing, CAROL)).isEqualTo(new Answer.Gone<>());
        assertThat(seeing.edit(nothing, 1, content -> content, CAROL)).isEqualTo(new Answer.Gone<>());
    }

    /** All of one key, and gone by when this returns. */
    private void parkThroughAFault(List<ConsumerRecord<String, byte[]>> messages) {
        poison.put(ALICE, new IllegalStateException("no such order"));
        handling().handle(messages);
        poison.clear();
        assertThat(parked()).hasSize(messages.size());
    }

    private ConsumerRecord<String, byte[]> copyUnderGarbage(ConsumerRecord<String, byte[]> message) {
        var copy = new ConsumerRecord<>(message.topic(), message.partition(), message.offset(), message.key(),
                "no json".getBytes(StandardCharsets.UTF_8));
        message.headers().forEach(copy.headers()::add);
        return copy;
    }

    private void edit(UUID id, byte[] payload) {
        ParkedMessage message = queues.find(id).orElseThrow();
        done(seeing(handling()).edit(id, message.version(), content -> new Content(content.headers(),
                Bytes.wrap(payload)), CAROL));
    }

    private UUID first() {
        return queue().getFirst().id();
    }

    private List<Kind> kinds() {
        return acts.list(null, null, null, 100).reversed().stream().map(ParkedAct::kind).toList();
    }

    private static Bytes bytes(String text) {
        return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<UUID> ids(List<ConsumerRecord<String, byte[]>> messages) {
        return messages.stream().map(FedByHand::idOf).toList();
    }

    private static <T> T done(Answer<T> answer) {
        assertThat(answer).isInstanceOf(Answer.Done.class);
        return ((Answer.Done<T>) answer).value();
    }
}
