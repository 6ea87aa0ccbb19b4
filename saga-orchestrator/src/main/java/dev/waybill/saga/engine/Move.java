package dev.waybill.saga.engine;

import dev.waybill.events.Command;
import dev.waybill.events.MessageId;
import dev.waybill.saga.engine.Call.Kind;
import dev.waybill.saga.engine.Call.State;
import dev.waybill.saga.engine.Saga.Place;
import dev.waybill.saga.engine.Step.Compensatable;
import dev.waybill.saga.engine.Transition.Outgoing;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * One transition while it is being worked out. First the input is entered into the calls, then {@link #proceed} looks at
 * all of them and sends what comes next: it never asks how they came to be so.
 */
final class Move<S> {

    private final Saga<S> saga;
    private final Rules rules;
    private final Instance<S> before;
    private final Instant now;
    private final Supplier<MessageId> ids;

    private S data;
    private Status status;
    private final List<Call> calls;
    private final List<Outgoing> commands = new ArrayList<>();
    private final List<JournalEntry> journal = new ArrayList<>();

    Move(Saga<S> saga, Rules rules, Instance<S> before, Instant now, Supplier<MessageId> ids) {
        this.saga = saga;
        this.rules = rules;
        this.before = before;
        this.now = now;
        this.ids = ids;
        this.data = before.data();
        this.status = before.status();
        this.calls = new ArrayList<>(before.calls());
    }

    void started() {
        note(saga.stepNames().getFirst(), JournalEntry.Kind.STARTED,
                "%s, version %d".formatted(saga.name(), saga.version()), null);
        proceed();
    }

    void ignored(JournalEntry.Kind kind, String step, Input.Answer answer) {
        note(step, kind, nameOf(answer.event()), answer.id());
    }

    void answered(Call call, Input.Answer answer) {
        StepResult<S> result = saga.actionOf(call).answer(data, answer.event());
        data = result.data();
        switch (result) {
            case StepResult.Done<S> _ -> {
                replace(call, call.settled(State.DONE));
                note(call.step(), call.kind() == Kind.UNDO ? JournalEntry.Kind.UNDONE : JournalEntry.Kind.DONE,
                        nameOf(answer.event()), answer.id());
            }
            case StepResult.Refused<S> _ -> {
                replace(call, call.settled(State.REFUSED));
                note(call.step(),
                        call.kind() == Kind.UNDO ? JournalEntry.Kind.UNDO_REFUSED : JournalEntry.Kind.REFUSED,
                        answer.event().toString(), answer.id());
            }
        }
        proceed();
    }

    void timedOut(List<Call> due) {
        for (Call call : due) {
            Patience patience = saga.patience(call.kind(), call.step());
            if (call.attempts() < patience.attempts()) {
                sendAgain(call, call.sentAgain(now.plus(patience.waitAfter(call.attempts() + 1))));
            } else if (rules.mayBeGivenUp(saga, call)) {
                replace(call, call.settled(State.IN_DOUBT));
                data = saga.whenInDoubt().apply(data);
                note(call.step(), JournalEntry.Kind.IN_DOUBT, unanswered(call), call.id());
            } else {
                replace(call, call.exhausted());
                note(call.step(), JournalEntry.Kind.UNANSWERED, unanswered(call), call.id());
            }
        }
        proceed();
    }

    /** What is in flight may have happened or may still: it is undone like what is done. */
    void calledOff(Input.Asked asked) {
        note(calls.getLast().step(), JournalEntry.Kind.CALLED_OFF, asked.toString(), null);
        for (Call call : calls.stream().filter(Call::isInFlight).toList()) {
            replace(call, call.settled(rules.whenCalledOff()));
            note(call.step(), JournalEntry.Kind.IN_DOUBT, "Its answer is not waited for", call.id());
        }
        proceed();
    }

    /**
     * What was not answered is asked for under its id, so that it is done once. What was refused needs a new one: whoever
     * refused it would only know the old one again.
     */
    void retried(Input.Asked asked) {
        note(calls.getLast().step(), JournalEntry.Kind.RETRIED, asked.toString(), null);
        for (Call call : whatIsMeant()) {
            if (call.isInFlight()) {
                sendAfresh(call);
            } else {
                replace(call, call.settled(State.SUPERSEDED));
                send(new Place<>(call.kind(), call.step(), call.part(), saga.actionOf(call)));
            }
        }
        proceed();
    }

    void skipped(Input.Asked asked) {
        note(calls.getLast().step(), JournalEntry.Kind.SKIPPED, asked.toString(), null);
        whatIsMeant().forEach(call -> replace(call, call.settled(State.WAIVED)));
        proceed();
    }

    /** What a person means who wants it to go on: what stands in the way, and only where nothing does, what is waited for. */
    private List<Call> whatIsMeant() {
        List<Call> inTheWay = calls.stream().filter(call -> rules.standsInTheWay(saga, call)).toList();
        return inTheWay.isEmpty() ? calls.stream().filter(Call::isInFlight).toList() : inTheWay;
    }

    void resolved(Input.Resolution as, Input.Asked asked) {
        note(calls.getLast().step(), JournalEntry.Kind.RESOLVED, "%s. %s".formatted(as, asked), null);
        Place<S> success = saga.forward().getLast().getLast();
        switch (as) {
            case COMPLETED -> {
                waive(call -> !call.isDone() && call.state() != State.SUPERSEDED
                        && !(call.isInFlight() && success.isOf(call)));
                saga.forward().stream().flatMap(List::stream).filter(place -> !place.equals(success))
                        .forEach(this::spare);
                tell(List.of(success));
            }
            case COMPENSATED -> {
                waive(call -> call.kind() != Kind.ENDING
                        && (call.isInFlight() || rules.standsInTheWay(saga, call)));
                tell(saga.back(List.of()).getLast());
            }
        }
        proceed();
    }

    private void waive(Predicate<Call> which) {
        calls.stream().filter(which).toList().forEach(call -> replace(call, call.settled(State.WAIVED)));
    }

    private void spare(Place<S> place) {
        if (calls.stream().noneMatch(place::isOf)) {
            calls.add(Call.spared(ids.get(), place.step(), place.part(), now));
        }
    }

    /** What was told and answered is known. */
    private void tell(List<Place<S>> places) {
        for (Place<S> place : rules.tellsWhatAPersonDecides() ? places : List.<Place<S>>of()) {
            Optional<Call> last = calls.reversed().stream().filter(place::isOf).findFirst();
            if (last.filter(Call::isInFlight).isPresent()) {
                sendAfresh(last.get());
            } else if (last.filter(call -> call.state() == State.DONE).isEmpty()) {
                send(place);
            }
        }
    }

    Transition<S> finish(Outcome outcome) {
        return new Transition<>(
                new Instance<>(before.id(), before.definitionVersion(), status, data, calls, before.startedAt()),
                commands,
                journal,
                outcome);
    }

    private void proceed() {
        boolean back = hasTurnedBack(calls);
        if (back && !hasTurnedBack(before.calls()) && !isTakenAsUndone()) {
            note(calls.getLast().step(), JournalEntry.Kind.COMPENSATING, whatIsUndone(), null);
        }
        boolean finished = back ? goBack() : goForward();
        Status next = next(back, finished);
        if (next == Status.STUCK && before.status() != Status.STUCK) {
            note(calls.getLast().step(), JournalEntry.Kind.STUCK, "It cannot go on by itself", null);
        } else if (next != Status.STUCK && before.status() == Status.STUCK) {
            note(calls.getLast().step(), JournalEntry.Kind.RESUMED, "It can go on", null);
        }
        if (finished) {
            data = saga.whenFinished().apply(data);
            note(calls.getLast().step(), back ? JournalEntry.Kind.COMPENSATED : JournalEntry.Kind.COMPLETED,
                    "%d commands".formatted(calls.size()), null);
        }
        status = next;
    }

    /** What ends it is sent last: where it was sent, nothing is undone any more. */
    private boolean isTakenAsUndone() {
        return calls.stream().anyMatch(call -> call.kind() == Kind.ENDING && rules.turnsBack(saga, call));
    }

    private boolean hasTurnedBack(List<Call> calls) {
        return calls.stream().anyMatch(call -> rules.turnsBack(saga, call));
    }

    private Status next(boolean back, boolean finished) {
        if (finished) {
            return back ? Status.COMPENSATED : Status.COMPLETED;
        }
        if (calls.stream().anyMatch(call -> rules.standsInTheWay(saga, call))) {
            return Status.STUCK;
        }
        return back ? Status.COMPENSATING : Status.RUNNING;
    }

    /** Answers whether there is nothing left to do. */
    private boolean goForward() {
        return saga.forward().stream().allMatch(this::hasDone);
    }

    /** Answers whether there is nothing left to undo, and the ending is known. */
    private boolean goBack() {
        return saga.back(isTakenAsUndone() ? List.of() : rules.toUndo(saga, calls)).stream().allMatch(this::hasDone);
    }

    /** Sends a step that was never sent; answers whether all of it is done. */
    private boolean hasDone(List<Place<S>> step) {
        Place<S> first = step.getFirst();
        List<Call> sent = calls.stream().filter(call -> call.isAt(first.kind(), first.step())).toList();
        if (sent.isEmpty()) {
            step.forEach(this::send);
            return false;
        }
        return sent.stream().filter(call -> call.state() != State.SUPERSEDED).allMatch(Call::isDone);
    }

    private void send(Place<S> place) {
        Command<?> command = place.action().commandFor(data);
        var call = new Call(
                ids.get(), place.step(), place.kind(), place.part(), State.IN_FLIGHT, 1, now,
                now.plus(saga.patience(place.kind(), place.step()).waitAfter(1)));
        calls.add(call);
        commands.add(new Outgoing(call.id(), command));
        note(place.step(), JournalEntry.Kind.SENT, nameOf(command), call.id());
    }

    private void sendAgain(Call call, Call sent) {
        replace(call, sent);
        Command<?> command = saga.actionOf(call).commandFor(data);
        commands.add(new Outgoing(call.id(), command));
        note(call.step(), JournalEntry.Kind.SENT_AGAIN, "%s, attempt %d".formatted(nameOf(command), sent.attempts()),
                call.id());
    }

    private void sendAfresh(Call call) {
        sendAgain(call, call.sentAfresh(now.plus(saga.patience(call.kind(), call.step()).waitAfter(1))));
    }

    private String whatIsUndone() {
        List<String> steps = rules.toUndo(saga, calls).stream().map(Compensatable::name).toList();
        return steps.isEmpty() ? "Nothing is to be undone" : "To be undone: " + String.join(", ", steps);
    }

    private static String unanswered(Call call) {
        return "No answer after %d attempts".formatted(call.attempts());
    }

    private static String nameOf(Object message) {
        return message.getClass().getSimpleName();
    }

    private void replace(Call call, Call by) {
        calls.set(calls.indexOf(call), by);
    }

    private void note(String step, JournalEntry.Kind kind, String detail, @Nullable MessageId messageId) {
        journal.add(new JournalEntry(now, step, kind, detail, messageId));
    }
}
