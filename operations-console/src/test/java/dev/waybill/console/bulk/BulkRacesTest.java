package dev.waybill.console.bulk;

import dev.waybill.console.bulk.Selection.State;
import dev.waybill.console.journal.About;
import dev.waybill.console.journal.Entry;
import dev.waybill.console.journal.Outcome;
import dev.waybill.console.parked.SteeringTest;
import dev.waybill.console.who.Who;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;

/** What happens at the same time: people who decide, workers that sleep and die, services and databases that go away, other selections. */
@SteeringTest
class BulkRacesTest extends WorkerFixture {

    private static final BulkResult GONE = new BulkResult.PassedOver("It is gone.");

    private SeeingToSelections seeing() {
        return new SeeingToSelections(selections, settings, journal);
    }

    @Test
    void ofTwoWhoDecideAtOnceTheFirstIsRightAndTheOtherIsTold() {
        UUID id = running("a");
        Selection seenByBoth = selections.find(id).orElseThrow();
        assertThat(selections.change(seenByBoth, State.STOPPED, "ada", null)).isTrue();
        assertThat(selections.change(seenByBoth, State.STOPPED, "grace", null)).isFalse();
        assertThat(selections.find(id).orElseThrow().runBy()).isEqualTo("ada");
    }

    @Test
    void theRateIsTheOneThatItWasStartedWithAlsoAfterAStop() {
        UUID id = frozen(labels(40));
        assertThat(seeing().start(id, "40", 2, ADA)).contains(new Selection.Answer.Changed(State.RUNNING));
        turns(worker(), 6);
        assertThat(act.carriedOut()).as("at 0, 0.5 and 1 s").hasSize(3);
        seeing().stop(id, ADA);
        seeing().resume(id, ADA);
        assertThat(selections.find(id).orElseThrow().rate()).isEqualTo(2);
    }

    @Test
    void noRateThatIsOutOfBoundsStartsAnything() {
        UUID id = frozen("a");
        for (int rate : List.of(0, -1, settings.highest() + 1)) {
            assertThat(seeing().start(id, "1", rate, ADA)).get().isInstanceOf(Selection.Answer.Refused.class);
        }
        assertThat(state(id)).isEqualTo(State.FROZEN);
        assertThat(seeing().start(id, "1", settings.highest(), ADA)).get()
                .isInstanceOf(Selection.Answer.Changed.class);
    }

    @Test
    void whatStoppedWhileItsLastItemWasUnderWayIsNotDone() {
        UUID id = running("a");
        act.when("a", () -> {
            seeing().stop(id, ADA);
            clock.goOn(Duration.ofMillis(500));
            return new BulkResult.Done("done");
        });
        BulkWorker worker = worker();
        turns(worker, 3);
        assertThat(state(id)).isEqualTo(State.STOPPED);
        assertThat(journal.about(About.selection(id))).extracting(Entry::what).doesNotContain("end of a selection");

        seeing().resume(id, ADA);
        turns(worker, 3);
        assertThat(state(id)).isEqualTo(State.DONE);
        assertThat(act.carriedOut()).containsExactly("a");
    }

    @Test
    void aStopIsNotTurnedIntoAPauseByAServiceThatGoesAwayMeanwhile() {
        UUID id = running("a");
        act.when("a", () -> {
            seeing().stop(id, ADA);
            return new BulkResult.Silent("payment-service cannot be reached", false);
        });
        turns(worker(), 2);
        assertThat(state(id)).isEqualTo(State.STOPPED);
    }

    @Test
    void whyItPausedIsForgottenWhenItGoesOn() {
        UUID id = running("a");
        act.when("a", () -> new BulkResult.Silent("payment-service cannot be reached", false));
        turns(worker(), 2);
        seeing().resume(id, ADA);
        assertThat(selections.find(id).orElseThrow().said()).isNull();
    }

    @Test
    void whatMayHaveBeenDoneWithoutAnAnswerIsUnclearWhenItIsGoneAfterwards() {
        UUID id = running("a", "b");
        act.when("a", () -> new BulkResult.Silent("payment-service has not answered in time", true));
        turns(worker(), 2);
        assertThat(state(id)).isEqualTo(State.PAUSED);
        act.when("a", () -> GONE);
        act.when("b", () -> {
            throw new IllegalStateException("a bug");
        });
        seeing().resume(id, ADA);
        turns(worker(), 2);
        act.when("b", () -> GONE);
        seeing().resume(id, ADA);
        turns(worker(), 2);
        assertThat(stored(id)).extracting(Seen::outcome).containsExactly(ItemOutcome.UNCLEAR, ItemOutcome.UNCLEAR);
    }

    @Test
    void slowItemsRenewTheLeaseSoThatNobodyTakesOverInTheMiddle() {
        var hasty = settings(Duration.ofMillis(700));
        var first = new BulkWorker(selections, items, acts, hasty, journal, clock);
        var other = new BulkWorker(selections, items, acts, hasty, journal, clock);
        running("a", "b", "c");
        act.when("a", () -> {
            clock.goOn(Duration.ofMillis(500));
            return new BulkResult.Done("done");
        });
        act.when("b", () -> {
            act.asUsual("b");
            clock.goOn(Duration.ofMillis(400));
            other.work();
            return new BulkResult.Done("done");
        });
        first.work();
        assertThat(act.carriedOut()).as("900 ms after the lease, 400 ms after it was renewed").containsExactly("a",
                "b", "c");
    }

    @Test
    void aWorkerThatSleptThroughItsLeaseBeginsNothingMore() {
        var hasty = settings(Duration.ofMillis(400));
        UUID id = running("a", "b", "c");
        var other = new BulkWorker(selections, items, acts, hasty, journal, clock);
        act.when("a", () -> {
            act.when("a", () -> new BulkResult.Done("done by the other"));
            clock.goOn(Duration.ofMillis(500));
            act.when("b", () -> new BulkResult.Silent("payment-service cannot be reached", false));
            other.work();
            act.when("b", () -> new BulkResult.Done("by one that holds it no more"));
            seeing().resume(id, ADA);
            return GONE;
        });
        new BulkWorker(selections, items, acts, hasty, journal, clock).work();
        assertThat(act.carriedOut()).containsExactly("a", "a", "b");
        assertThat(stored(id)).first().as("what is known stays").isEqualTo(
                new Seen(ItemOutcome.DONE, "done by the other"));
    }

    @Test
    void whoeverLeavesTakesNobodyElsesLeaseAlong() {
        running("a", "b");
        worker().work();
        clock.goOn(Duration.ofMillis(200));
        worker().leave();
        worker().work();
        assertThat(act.carriedOut()).containsExactly("a");
    }

    @Test
    void theSameQueueOfAnotherServiceOrSelectionIsNotHeldUpByAFailure() {
        act.when("a", () -> new BulkResult.Failed("It failed again."));
        UUID id = start(freeze(List.of(item("a", "one"),
                new BulkItem("order-service", UUID.randomUUID().toString(), "one", 1, "b"))));
        turns(worker(), 4);
        assertThat(stored(id)).extracting(Seen::outcome).containsExactly(ItemOutcome.FAILED, ItemOutcome.DONE);

        UUID later = start(freeze(List.of(item("c", "one"))));
        turns(worker(), 4);
        assertThat(stored(later)).extracting(Seen::outcome).containsExactly(ItemOutcome.DONE);
    }

    @Test
    void slowItemsOfOneSelectionDoNotHoldUpAnother() {
        UUID slow = running(labels(20));
        clock.goOn(Duration.ofMillis(1));
        UUID quick = running("quick");
        for (String label : labels(20)) {
            act.when(label, () -> {
                clock.goOn(Duration.ofSeconds(2));
                return new BulkResult.Done("at last");
            });
        }
        turns(worker(), 3);
        assertThat(state(quick)).isEqualTo(State.DONE);
        assertThat(state(slow)).isEqualTo(State.RUNNING);
        assertThat(act.carriedOut()).contains("item 000", "item 001").hasSizeLessThan(6);
    }

    @Test
    void aTurnThatComesWhileAnotherIsUnderWayIsLeftOut() {
        running("a", "b");
        BulkWorker worker = worker();
        act.when("a", () -> {
            clock.goOn(Duration.ofMillis(500));
            CompletableFuture.runAsync(worker::work).orTimeout(10, TimeUnit.SECONDS).join();
            assertThat(act.carriedOut()).containsExactly("a");
            return new BulkResult.Done("done");
        });
        turns(worker, 2);
        assertThat(act.carriedOut()).containsExactly("a", "b");
    }

    @Test
    void whileTheDatabaseIsAwayTheWorkRestsAndThenGoesOn() {
        var asked = new AtomicInteger();
        var away = new Selections(database) {
            @Override
            List<UUID> running() {
                asked.incrementAndGet();
                throw new DataAccessResourceFailureException("away");
            }
        };
        var worker = new BulkWorker(away, items, acts, settings, journal, clock);
        turns(worker, 20);
        assertThat(asked).hasValue(1);
        clock.goOn(Duration.ofSeconds(2));
        turns(worker, 1);
        assertThat(asked).hasValue(2);
    }

    @Test
    void aDecisionIsJournaledWithWhatCameOfIt() {
        UUID id = running("a");
        seeing().stop(id, new Who("grace"));
        assertThat(journal.about(About.selection(id))).first().satisfies(entry -> {
            assertThat(entry.what()).isEqualTo("stop a selection");
            assertThat(entry.who()).isEqualTo("grace");
            assertThat(entry.outcome()).isEqualTo(Outcome.DONE);
        });
    }
}
