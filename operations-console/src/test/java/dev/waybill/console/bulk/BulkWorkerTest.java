package dev.waybill.console.bulk;

import dev.waybill.console.bulk.Selection.State;
import dev.waybill.console.journal.About;
import dev.waybill.console.parked.SteeringTest;
import dev.waybill.console.who.Who;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** How fast, how often and in which order things are done, whoever dies meanwhile. */
@SteeringTest
class BulkWorkerTest extends WorkerFixture {

    /** Killed in the middle: nothing that comes after is done. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    @Test
    void eachItemIsDoneOnceInItsOrderInTheNameOfWhoeverStartedIt() {
        UUID id = running("a", "b", "c");
        turns(worker(), 5);

        assertThat(act.carriedOut()).containsExactly("a", "b", "c");
        assertThat(state(id)).isEqualTo(State.DONE);
        assertThat(stored(id)).extracting(Seen::outcome).containsOnly(ItemOutcome.DONE);
        assertThat(stored(id)).extracting(Seen::said).containsOnly("done for grace");
        assertThat(journal.about(About.selection(id))).first()
                .satisfies(entry -> assertThat(entry.detail()).isEqualTo("3 done"));
    }

    @Test
    void whatIsFrozenAndNotConfirmedIsNotTouched() {
        UUID id = frozen("a", "b");
        turns(worker(), 5);
        assertThat(act.carriedOut()).isEmpty();
        assertThat(state(id)).isEqualTo(State.FROZEN);
    }

    @Test
    void theRateIsKeptAlsoByTwoWorkersAndAfterAPause() {
        running(labels(100));
        BulkWorker first = worker();
        BulkWorker second = worker();
        for (int turn = 0; turn <= 10; turn++) {
            first.work();
            second.work();
            clock.goOn(Duration.ofMillis(200));
        }
        // From 0 s to 2 s, at 10 a second.
        assertThat(act.carriedOut()).hasSize(21);

        clock.goOn(Duration.ofSeconds(30));
        first.work();
        assertThat(act.carriedOut()).hasSizeLessThanOrEqualTo(21 + 6);
    }

    @Test
    void itIsStoppedInTheMiddleAndResumedWhereItWas() {
        UUID id = running("a", "b", "c");
        BulkWorker worker = worker();
        worker.work();
        var seeing = new SeeingToSelections(selections, settings, journal);
        assertThat(seeing.stop(id, ADA)).contains(new Selection.Answer.Changed(State.STOPPED));
        turns(worker, 5);
        assertThat(act.carriedOut()).containsExactly("a");

        assertThat(seeing.resume(id, ADA)).contains(new Selection.Answer.Changed(State.RUNNING));
        turns(worker, 5);
        assertThat(act.carriedOut()).containsExactly("a", "b", "c");
        assertThat(stored(id)).last().extracting(Seen::said).isEqualTo("done for ada");
    }

    @Test
    void aStopTakesHoldWhileAnItemIsUnderWay() {
        UUID id = running("a", "b", "c");
        var seeing = new SeeingToSelections(selections, settings, journal);
        act.when("a", () -> {
            seeing.stop(id, ADA);
            clock.goOn(Duration.ofMillis(500));
            return new BulkResult.Done("done");
        });
        turns(worker(), 5);
        assertThat(act.carriedOut()).containsExactly("a");
        assertThat(stored(id)).first().extracting(Seen::outcome).isEqualTo(ItemOutcome.DONE);
    }

    @Test
    void whatAKilledWorkerHadBegunIsTriedAgainByAnotherWhenItsLeaseIsUpAndNobodyClaimsToKnowMore() {
        UUID id = running("a", "b", "c");
        act.when("b", () -> {
            throw new Killed();
        });
        BulkWorker killed = worker();
        killed.work();
        clock.goOn(Duration.ofMillis(200));
        assertThatThrownBy(killed::work).isInstanceOf(Killed.class);

        act.when("b", () -> new BulkResult.PassedOver("It is gone."));
        BulkWorker other = worker();
        other.work();
        assertThat(act.carriedOut()).as("within the lease").containsExactly("a", "b");

        clock.goOn(LEASE.plusSeconds(1));
        turns(other, 5);
        assertThat(act.carriedOut()).containsExactly("a", "b", "b", "c");
        assertThat(stored(id)).extracting(Seen::outcome)
                .containsExactly(ItemOutcome.DONE, ItemOutcome.UNCLEAR, ItemOutcome.DONE);
        assertThat(state(id)).isEqualTo(State.DONE);
    }

    @Test
    void aWorkerThatSleptThroughItsLeaseGoesNoFurtherAndWhatItKnowsIsKept() {
        UUID id = running("a", "b", "c");
        BulkWorker other = worker();
        act.when("a", () -> {
            act.when("a", () -> new BulkResult.PassedOver("It is gone."));
            clock.goOn(LEASE.plusSeconds(1));
            turns(other, 2);
            return new BulkResult.Done("done in time");
        });
        BulkWorker sleeper = worker();
        sleeper.work();
        turns(other, 5);

        assertThat(act.carriedOut()).filteredOn(label -> !label.equals("a")).containsExactly("b", "c");
        assertThat(stored(id)).extracting(Seen::outcome).containsOnly(ItemOutcome.DONE);
        assertThat(stored(id)).first().extracting(Seen::said).isEqualTo("done in time");
    }

    @Test
    void whoeverLeavesInPeaceIsFollowedAtOnce() {
        running("a", "b");
        BulkWorker first = worker();
        first.work();
        first.leave();
        clock.goOn(Duration.ofMillis(200));
        worker().work();
        assertThat(act.carriedOut()).containsExactly("a", "b");
    }

    @Test
    void twoWorkersAtTheSameTimeDoNothingTwice() {
        UUID id = running(labels(60));
        Stream.of(worker(), worker(), worker()).map(worker -> CompletableFuture.runAsync(() -> {
            for (int turn = 0; turn < 200 && state(id) != State.DONE; turn++) {
                clock.goOn(Duration.ofMillis(50));
                worker.work();
            }
        })).toList().forEach(CompletableFuture::join);
        assertThat(act.carriedOut()).containsExactly(labels(60));
    }

    @Test
    void aServiceThatDoesNotAnswerPausesTheWorkAndItsItemIsNotLost() {
        UUID id = running("a", "b", "c");
        act.when("b", () -> new BulkResult.Silent("payment-service cannot be reached", false));
        turns(worker(), 5);

        assertThat(state(id)).isEqualTo(State.PAUSED);
        assertThat(selections.find(id).orElseThrow().said()).isEqualTo("payment-service cannot be reached");
        assertThat(act.carriedOut()).containsExactly("a", "b");

        act.when("b", () -> new BulkResult.PassedOver("It is gone."));
        new SeeingToSelections(selections, settings, journal).resume(id, ADA);
        turns(worker(), 5);
        // It was never sent, so there is nothing unclear about it.
        assertThat(stored(id)).extracting(Seen::outcome)
                .containsExactly(ItemOutcome.DONE, ItemOutcome.PASSED_OVER, ItemOutcome.DONE);
    }

    @Test
    void aFaultOfTheConsoleItselfPausesTheWorkAndIsSaid() {
        UUID id = running("a", "b");
        act.when("a", () -> {
            throw new IllegalStateException("a bug");
        });
        turns(worker(), 3);
        assertThat(state(id)).isEqualTo(State.PAUSED);
        assertThat(selections.find(id).orElseThrow().said()).contains("item 1", "IllegalStateException");
        assertThat(act.carriedOut()).containsExactly("a");
    }

    @Test
    void whatStandsBehindAFailureInItsQueueIsPassedOverAndOthersGoOn() {
        UUID id = start(freeze(List.of(item("a", "one"), item("b", "two"), item("c", "one"), item("d", "two"))));
        act.when("a", () -> new BulkResult.Failed("It failed again."));
        turns(worker(), 6);

        assertThat(act.carriedOut()).containsExactly("a", "b", "d");
        assertThat(stored(id)).extracting(Seen::outcome).containsExactly(ItemOutcome.FAILED, ItemOutcome.DONE,
                ItemOutcome.PASSED_OVER, ItemOutcome.DONE);
    }

    @Test
    void anActThatThisConsoleDoesNotKnowPauses() {
        UUID id = running("a");
        new BulkWorker(selections, items, new BulkActs(List.of()), settings, journal, clock).work();
        assertThat(state(id)).isEqualTo(State.PAUSED);
        assertThat(selections.find(id).orElseThrow().said()).contains("test.recording");
    }
}
