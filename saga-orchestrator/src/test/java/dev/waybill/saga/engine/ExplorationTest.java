package dev.waybill.saga.engine;

import dev.waybill.saga.engine.Call.State;
import dev.waybill.saga.engine.Step.Compensatable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Thousands of sagas, each in its own weather: those with an even seed are fulfillments. A failure names its seed and tells the run; {@code
 * -Dwaybill.exploration.seed=<seed> -Dwaybill.exploration.runs=1} runs it again.
 */
class ExplorationTest {

    private static final long FIRST_SEED = Long.getLong("waybill.exploration.seed", 1);
    private static final int RUNS = Integer.getInteger("waybill.exploration.runs", 10_000);

    @Test
    void everyRunEndsOnceAndTheBooksAgree() {
        Sightings sightings = explore(RUNS, new Rules());

        if (RUNS >= 10_000) {
            assertThat(List.of(
                    "ended COMPLETED", "ended COMPENSATED", "ended STUCK",
                    "answer DUPLICATE", "answer LATE", "answer UNMATCHED", "inbox duplicate", "command duplicate",
                    "lost", "sent again", "not due", "late action refused",
                    "crash before the start is committed", "crash before an answer is committed",
                    "crash before a timeout is committed", "crash before a request is committed",
                    "crash after a commit",
                    "crash between sending and noting that it is sent",
                    "journal IN_DOUBT", "journal UNDO_REFUSED", "journal UNANSWERED", "journal RESUMED",
                    "TurnBack TAKEN", "TurnBack NO_WAY_BACK", "TurnBack TURNED_BACK_ALREADY", "TurnBack FINISHED",
                    "Retry TAKEN", "Retry FINISHED", "Skip TAKEN", "Skip NOT_TO_BE_SKIPPED", "Skip FINISHED",
                    "Resolve TAKEN", "Resolve NOT_STUCK", "Resolve FINISHED", "Resolve HAS_HAPPENED", "call SUPERSEDED",
                    "call WAIVED"))
                    .allSatisfy(what -> assertThat(sightings.of(what)).as("%s in %s", what, sightings)
                            .isGreaterThan(20));
        }
    }

    @Test
    void anEngineThatSkipsACompensationIsCaught() {
        assertCaught("RESERVED and not RELEASED", new Rules() {
            @Override
            <S> List<Compensatable<S>> toUndo(Saga<S> saga, List<Call> calls) {
                List<Compensatable<S>> all = super.toUndo(saga, calls);
                return all.size() < 2 ? all : all.subList(0, all.size() - 1);
            }
        });
    }

    @Test
    void anEngineThatForgetsTheStepInDoubtIsCaught() {
        assertCaught("RESERVED and not RELEASED", new Rules() {
            @Override
            <S> List<Compensatable<S>> toUndo(Saga<S> saga, List<Call> calls) {
                return super.toUndo(saga, calls.stream().filter(call -> call.state() != State.IN_DOUBT).toList());
            }
        });
    }

    @Test
    void anEngineThatCompensatesThePivotInDoubtIsCaught() {
        assertCaught("Both captured and compensated", new Rules() {
            @Override
            boolean mayBeGivenUp(Saga<?> saga, Call call) {
                return super.mayBeGivenUp(saga, call) || call.step().equals(saga.pivot().name());
            }
        });
    }

    @Test
    void anEngineThatUndoesInTheOrderOfDoingIsCaught() {
        assertCaught("Undone were", new Rules() {
            @Override
            <S> List<Compensatable<S>> toUndo(Saga<S> saga, List<Call> calls) {
                return super.toUndo(saga, calls).reversed();
            }
        });
    }

    @Test
    void anEngineThatIsCalledOffThoughThePivotIsInFlightIsCaught() {
        assertCaught("Both captured and compensated", new Rules() {
            @Override
            boolean mayBeCalledOff(Saga<?> saga, List<Call> calls) {
                return super.mayBeCalledOff(saga, calls.stream().filter(call -> !call.isInFlight()).toList());
            }
        });
    }

    @Test
    void anEngineThatTakesWhatIsCalledOffForNotDoneIsCaught() {
        assertCaught("Undone were", new Rules() {
            @Override
            State whenCalledOff() {
                return State.REFUSED;
            }
        });
    }

    @Test
    void anEngineThatTurnsBackWhenARefusalFollowsThePivotIsCaught() {
        assertCaught("Both captured and compensated", new Rules() {
            @Override
            boolean turnsBack(Saga<?> saga, Call call) {
                return super.turnsBack(saga, call)
                        || (call.kind() == Call.Kind.ACTION && call.state() == State.REFUSED);
            }
        });
    }

    @Test
    void anEngineThatTellsNobodyWhatAPersonHasDecidedIsCaught() {
        assertCaught("the order was not told", new Rules() {
            @Override
            boolean tellsWhatAPersonDecides() {
                return false;
            }
        });
    }

    @Test
    void anEngineThatTakesAsUndoneWhatHasHappenedIsCaught() {
        assertCaught("The order was ended, though it was captured and that was known", new Rules() {
            @Override
            boolean hasHappened(Saga<?> saga, List<Call> calls) {
                return false;
            }
        });
    }

    private static void assertCaught(String how, Rules mutant) {
        assertThatExceptionOfType(Violation.class).isThrownBy(() -> explore(2_000, mutant))
                .withMessageStartingWith("Seed ").withMessageContaining(how);
    }

    private static Sightings explore(int runs, Rules rules) {
        var sightings = new Sightings();
        for (long seed = FIRST_SEED; seed < FIRST_SEED + runs; seed++) {
            try {
                run(seed, rules, sightings, null);
            } catch (RuntimeException | Violation e) {
                throw new Violation("Seed %d: %s%n%s".formatted(seed, e.getMessage(), told(seed, rules)), e);
            }
        }
        return sightings;
    }

    private static void run(long seed, Rules rules, Sightings sightings, @Nullable List<String> trace) {
        Explored<?> explored = seed % 2 == 0 ? Explored.FULFILLMENT : Explored.STAGED;
        new ExploredRun<>(explored, seed, rules, sightings, trace).run();
    }

    /** The same run again, told. */
    private static String told(long seed, Rules rules) {
        List<String> trace = new ArrayList<>();
        try {
            run(seed, rules, new Sightings(), trace);
        } catch (RuntimeException | Violation e) {
            trace.add(e.toString());
        }
        return String.join("\n", trace);
    }
}
