package dev.waybill.messaging.outbox;

import dev.waybill.events.MessageId;
import dev.waybill.events.OrderId;
import dev.waybill.messaging.Ids;
import dev.waybill.testing.TestServers;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What is promised about publication, held against many concurrent writers, a real database and a real broker: per aggregate
 * the topic has the order of the changes, nothing is lost, nothing is published before it is committed. Two relays that look
 * right are put through the same, and each fails in its way. The interleavings that they fail at are brought about step by
 * step in the middle of the random load, so they happen every time.
 */
class PublicationOrderTest {

    private final List<AutoCloseable> open = new ArrayList<>();

    /** Something that happened step by step: what was said first, and what was said after it and could be seen earlier. */
    private record Interleaving(MessageId first, MessageId second) {}

    private record Proof(Interleaving lowerIdLater, Interleaving olderTransactionLater, OnTheTopic found) {}

    @BeforeAll
    static void lookOften() {
        Awaitility.setDefaultPollInterval(Duration.ofMillis(20));
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable closeable : open.reversed()) {
            closeable.close();
        }
    }

    @Test
    void perAggregateTheTopicHasTheOrderOfTheChangesAndNothingIsLostOrPublishedBeforeItsCommit() throws Exception {
        assertThat(prove(SpeakingService.inOrder(), 12, 40).found()).isEqualTo(OnTheTopic.ALL_IS_WELL);
    }

    @Test
    void aRelayThatReadsBehindTheLastIdLosesWhatIsCommittedLate() throws Exception {
        Proof proof = prove(jdbc -> position -> new LastIdRows(new OutboxTable(jdbc), position), 5, 15);
        assertThat(proof.found().lost()).contains(proof.lowerIdLater().first())
                .doesNotContain(proof.lowerIdLater().second());
        assertThat(proof.found().inverted()).isEmpty();
    }

    @Test
    void aRelayThatReadsWindowsOfTransactionIdsInvertsTheChangesOfAnAggregate() throws Exception {
        Proof proof = prove(jdbc -> below -> new SnapshotWindowRows(jdbc, below), 5, 15);
        assertThat(proof.found().inverted()).contains(proof.olderTransactionLater().first());
        assertThat(proof.found().lost()).isEmpty();
    }

    private Proof prove(Function<JdbcTemplate, Function<Long, UnpublishedRows>> rows, int writers, int transactionsEach)
            throws Exception {
        var service = new SpeakingService(
                "/order/" + Ids.next(), TestServers.freshDatabase("order").url(), SpeakingService.RELAY, rows,
                SpeakingService.toKafka(TestServers.bootstrapServers(), SpeakingService.RELAY));
        open.add(service.withSchema());
        var watcher = new TopicWatcher(TestServers.bootstrapServers(), service.source, service.jdbc);
        open.add(watcher);
        service.relay.start();
        var random = new RandomWriters(service, service.aggregates(10), RandomWriters.anySeed());
        CompletableFuture<Void> load = CompletableFuture.runAsync(() -> random.run(writers, transactionsEach));

        Interleaving lowerIdLater = aLowerIdIsCommittedLater(service, watcher);
        Interleaving olderTransactionLater = anOlderTransactionChangesTheSameLater(service, watcher);
        load.get();
        watcher.hearAll(service);
        return new Proof(lowerIdLater, olderTransactionLater, OnTheTopic.judged(service, watcher, random));
    }

    /** The first draws its id, the second draws a higher one and commits; the relay comes by; then the first commits. */
    private static Interleaving aLowerIdIsCommittedLater(SpeakingService service, TopicWatcher watcher)
            throws Exception {
        List<OrderId> two = service.aggregates(2);
        var drawn = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        CompletableFuture<MessageId> first = inParallel(() -> service.transaction.execute(_ -> {
            MessageId message = service.change(two.getFirst());
            service.afterTheInsert(drawn::countDown);
            service.afterTheInsert(() -> waitFor(goOn));
            return message;
        }));
        waitFor(drawn);
        MessageId second = service.commitChange(two.getLast());
        await("the relay has gone past it, or waits").until(
                () -> watcher.hasHeard(second) || service.relay.atGapFor().toMillis() > 50);
        goOn.countDown();
        return new Interleaving(first.get(), second);
    }

    /**
     * T100 and T103 begin; T105 changes an aggregate and commits; T100 changes the same aggregate and commits, while T103
     * is still open.
     */
    private static Interleaving anOlderTransactionChangesTheSameLater(SpeakingService service, TopicWatcher watcher)
            throws Exception {
        OrderId aggregate = service.aggregates(1).getFirst();
        var begun100 = new CountDownLatch(1);
        var goOn100 = new CountDownLatch(1);
        var goOn103 = new CountDownLatch(1);
        CompletableFuture<MessageId> t100 = inParallel(() -> service.transaction.execute(_ -> {
            ownTransactionId(service);
            begun100.countDown();
            waitFor(goOn100);
            return service.change(aggregate);
        }));
        waitFor(begun100);
        var begun103 = new CountDownLatch(1);
        CompletableFuture<Boolean> t103 = inParallel(() -> service.transaction.execute(_ -> {
            ownTransactionId(service);
            begun103.countDown();
            waitFor(goOn103);
            return true;
        }));
        waitFor(begun103);
        MessageId byT105 = service.commitChange(aggregate);
        goOn100.countDown();
        MessageId byT100 = t100.get();
        await().until(() -> watcher.hasHeard(byT100));
        goOn103.countDown();
        t103.get();
        return new Interleaving(byT105, byT100);
    }

    private static void ownTransactionId(SpeakingService service) {
        service.jdbc.query("select pg_current_xact_id()", row -> {});
    }

    private static <T> CompletableFuture<T> inParallel(Callable<T> work) {
        var result = new CompletableFuture<T>();
        Thread.ofPlatform().start(() -> {
            try {
                result.complete(work.call());
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
