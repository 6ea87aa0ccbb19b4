package dev.waybill.saga.engine;

import dev.waybill.events.MessageId;
import dev.waybill.events.SagaId;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Moves instances of one saga definition. Every call is a pure function of its arguments: same arguments, same transition.
 *
 * <p>What it guarantees: steps go one after the other until the pivot. Refused before or at the pivot, it undoes the steps
 * that are done, one after the other, the last one first. A step that nobody answers is undone like one that is done, as
 * silence means "unknown"; the pivot never is, it is asked again under the same id. What has to succeed and does not answer
 * stops the saga ({@link Status#STUCK}) until an answer comes after all, and so does what has to succeed and is refused,
 * until a person has helped. An answer counts once, and only for the call that it names. A request that makes no sense as
 * things stand changes nothing, and the outcome says why.
 */
public final class Engine<S> {

    private final Saga<S> saga;
    private final Rules rules;

    public Engine(Saga<S> saga) {
        this(saga, new Rules());
    }

    Engine(Saga<S> saga, Rules rules) {
        this.saga = saga;
        this.rules = rules;
    }

    public Saga<S> saga() {
        return saga;
    }

    /**
     * Begins an instance.
     *
     * @param ids gives the ids of new commands
     */
    public Transition<S> start(SagaId id, S data, Instant now, Supplier<MessageId> ids) {
        var move = new Move<>(
                saga, rules, new Instance<>(id, saga.version(), Status.RUNNING, data, List.of(), now), now, ids);
        move.started();
        return move.finish(Outcome.TAKEN);
    }

    /**
     * Moves an instance.
     *
     * @param ids gives the ids of new commands
     * @throws IllegalArgumentException when the instance runs under another version of the definition
     */
    public Transition<S> apply(Instance<S> instance, Input input, Instant now, Supplier<MessageId> ids) {
        if (instance.definitionVersion() != saga.version()) {
            throw new IllegalArgumentException("Saga %s runs under version %d of %s, not %d"
                    .formatted(instance.id(), instance.definitionVersion(), saga.name(), saga.version()));
        }
        var move = new Move<>(saga, rules, instance, now, ids);
        return switch (input) {
            case Input.Answer answer -> move.finish(answer(instance, answer, move));
            case Input.Timeout() -> move.finish(timeout(instance, now, move));
            case Input.Request request -> move.finish(request(instance, request, move));
        };
    }

    private Outcome answer(Instance<S> instance, Input.Answer answer, Move<S> move) {
        Optional<Call> call = instance.call(answer.causationId())
                .filter(candidate -> saga.actionOf(candidate).isAnsweredBy(instance.data(), answer.event()));
        if (call.isEmpty()) {
            move.ignored(JournalEntry.Kind.UNMATCHED_ANSWER, instance.step(), answer);
            return Outcome.UNMATCHED;
        }
        return switch (call.get().state()) {
            case IN_FLIGHT -> {
                move.answered(call.get(), answer);
                yield Outcome.TAKEN;
            }
            case DONE, REFUSED, SUPERSEDED -> {
                move.ignored(JournalEntry.Kind.DUPLICATE_ANSWER, call.get().step(), answer);
                yield Outcome.DUPLICATE;
            }
            case IN_DOUBT, WAIVED -> {
                move.ignored(JournalEntry.Kind.LATE_ANSWER, call.get().step(), answer);
                yield Outcome.LATE;
            }
        };
    }

    private Outcome timeout(Instance<S> instance, Instant now, Move<S> move) {
        List<Call> due = instance.calls().stream().filter(call -> call.isDue(now)).toList();
        if (due.isEmpty()) {
            return Outcome.NOT_DUE;
        }
        move.timedOut(due);
        return Outcome.TAKEN;
    }

    private Outcome request(Instance<S> instance, Input.Request request, Move<S> move) {
        if (instance.status().isFinished()) {
            return Outcome.FINISHED;
        }
        boolean back = instance.calls().stream().anyMatch(call -> rules.turnsBack(saga, call));
        return switch (request) {
            case Input.TurnBack(Input.Asked asked) -> {
                if (back) {
                    yield Outcome.TURNED_BACK_ALREADY;
                }
                if (!rules.mayBeCalledOff(saga, instance.calls())) {
                    yield Outcome.NO_WAY_BACK;
                }
                move.calledOff(asked);
                yield Outcome.TAKEN;
            }
            case Input.Retry(Input.Asked asked) -> {
                move.retried(asked);
                yield Outcome.TAKEN;
            }
            case Input.Skip(Input.Asked asked) -> {
                if (!saga.isRetriable(instance.step())) {
                    yield Outcome.NOT_TO_BE_SKIPPED;
                }
                move.skipped(asked);
                yield Outcome.TAKEN;
            }
            case Input.Resolve(Input.Resolution as, Input.Asked asked) -> {
                if (instance.status() != Status.STUCK) {
                    yield Outcome.NOT_STUCK;
                }
                if (as == Input.Resolution.COMPENSATED && rules.hasHappened(saga, instance.calls())) {
                    yield Outcome.HAS_HAPPENED;
                }
                move.resolved(as, asked);
                yield Outcome.TAKEN;
            }
        };
    }
}
