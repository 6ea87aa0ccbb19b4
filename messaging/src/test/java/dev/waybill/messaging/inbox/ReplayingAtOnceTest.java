package dev.waybill.messaging.inbox;

import dev.waybill.events.OrderId;
import dev.waybill.messaging.Ids;
import dev.waybill.messaging.inbox.ParkedAct.By;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Several people, and the handler, at the same key at the same time. */
class ReplayingAtOnceTest extends FedByHand {

    private static final By CAROL = new By("carol", null);

    @RepeatedTest(3)
    void eachMessageIsHandledOnceInItsOrderHoweverManyReplayWhileMoreArrive() throws Exception {
        List<ConsumerRecord<String, byte[]>> all = new ArrayList<>();
        poison.put(ALICE, new IllegalStateException("no such order"));
        all.add(confirm(ALICE));
        handling().handle(all);
        poison.clear();
        for (int i = 0; i < 60; i++) {
            all.add(confirm(ALICE));
        }
        UUID parked = queue().getFirst().id();
        List<Callable<Object>> atOnce = new ArrayList<>();
        atOnce.add(() -> {
            for (int i = 1; i < all.size(); i += 2) {
                handling().handle(all.subList(i, i + 2));
            }
            return "";
        });
        for (int i = 0; i < 3; i++) {
            atOnce.add(() -> seeing(handling()).replay(parked, null, CAROL));
            atOnce.add(this::replayWhateverStandsFirst);
        }
        together(atOnce);
        replayWhateverStandsFirst();
        assertThat(handledOf(ALICE)).containsExactlyElementsOf(all.stream().map(FedByHand::idOf).toList());
        assertThat(parked()).isEmpty();
        assertThat(blockedKeys()).isZero();
    }

    @Test
    void aHandlerWaitsForOneReplayedMessageAndOtherKeysForNone() throws Exception {
        var inside = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        poison.put(ALICE, new IllegalStateException("no such order"));
        handling().handle(List.of(confirm(ALICE)));
        poison.clear();
        Handling slow = handling(command -> {
            inside.countDown();
            await(goOn);
            takeEffect(command);
        });
        var last = confirm(ALICE);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> replay = threads.submit(() -> seeing(slow).replay(queue().getFirst().id(), null, CAROL));
            await(inside);
            handling().handle(List.of(confirm(BOB)));
            assertThat(effects()).containsExactly(BOB);
            Future<?> live = threads.submit(() -> handling().handle(List.of(last)));
            assertThat(live.isDone()).isFalse();
            goOn.countDown();
            replay.get(20, TimeUnit.SECONDS);
            live.get(20, TimeUnit.SECONDS);
        }
        // Whether it found the key blocked still, or free again: it is there, and after the one before it.
        replayWhateverStandsFirst();
        assertThat(handledOf(ALICE)).hasSize(2).endsWith(idOf(last));
    }

    @RepeatedTest(3)
    void handlersThatParkTheSameKeyAtOnceWhileItIsDrainedLeaveOneQueue() throws Exception {
        List<OrderId> orders = Stream.generate(() -> new OrderId(Ids.next())).limit(5).toList();
        List<Callable<Object>> atOnce = new ArrayList<>();
        for (int writer = 0; writer < 4; writer++) {
            atOnce.add(() -> {
                for (int i = 0; i < 20; i++) {
                    handling().handle(List.of(garbage(orders.get(i % orders.size()))));
                }
                return "";
            });
        }
        for (int i = 0; i < 2; i++) {
            atOnce.add(() -> {
                for (int n = 0; n < 60; n++) {
                    queue().stream().findFirst().ifPresent(it -> seeing(handling()).discard(it.id(), null, CAROL));
                }
                return "";
            });
        }
        together(atOnce);
        for (ParkedMessage message : queue()) {
            assertThat(message.state() == ParkedMessage.State.PARKED).isEqualTo(message.standsFirst());
        }
        while (!queue().isEmpty()) {
            seeing(handling()).discard(queue().getFirst().id(), null, CAROL);
        }
        assertThat(blockedKeys()).isZero();
        assertThat(acts.list(null, null, null, 1000)).filteredOn(act -> act.kind() == ParkedAct.Kind.DISCARDED)
                .extracting(ParkedAct::messageId).hasSize(80).doesNotHaveDuplicates();
    }

    private Object replayWhateverStandsFirst() {
        for (int i = 0; i < 100 && !queue().isEmpty(); i++) {
            queue().stream().findFirst().ifPresent(it -> seeing(handling()).replay(it.id(), null, CAROL));
        }
        return "";
    }

    private static void together(List<Callable<Object>> tasks) throws Exception {
        try (var threads = Executors.newFixedThreadPool(tasks.size())) {
            for (Future<Object> task : threads.invokeAll(tasks)) {
                task.get();
            }
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
