package dev.waybill.saga.engine;

import dev.waybill.saga.engine.Call.Kind;
import dev.waybill.saga.engine.Step.Compensatable;
import dev.waybill.saga.engine.Step.Pivot;
import dev.waybill.saga.engine.Step.Together;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The definition of a saga: before the pivot every step can be undone, after it every step must eventually succeed. It is
 * written down in that order and in no other, as each stage offers only what may follow, and an answer's handler fits only
 * the command whose answers it takes.
 *
 * @param <S> what an instance remembers; every command is a function of it, so it can be made again when it has to be sent
 *        again
 */
public final class Saga<S> {

    private final String name;
    private final int version;
    private final Class<S> dataType;
    private final List<Compensatable<S>> compensatables;
    private final Pivot<S> pivot;
    private final List<Together<S>> retriables;
    private final Together<S> ending;
    private final UnaryOperator<S> whenInDoubt;
    private final UnaryOperator<S> whenFinished;
    private final Patience tentative;
    private final Patience persistent;

    Saga(
            String name,
            int version,
            Class<S> dataType,
            List<Compensatable<S>> compensatables,
            Pivot<S> pivot,
            List<Together<S>> retriables,
            Together<S> ending,
            UnaryOperator<S> whenInDoubt,
            UnaryOperator<S> whenFinished,
            Patience tentative,
            Patience persistent) {
        this.name = name;
        this.version = version;
        this.dataType = dataType;
        this.compensatables = List.copyOf(compensatables);
        this.pivot = pivot;
        this.retriables = List.copyOf(retriables);
        this.ending = ending;
        this.whenInDoubt = whenInDoubt;
        this.whenFinished = whenFinished;
        this.tentative = tentative;
        this.persistent = persistent;
        requireDistinctNames();
    }

    /**
     * Begins a definition.
     *
     * @param name a released name: instances are stored under it
     * @param version goes up by one when steps change; instances that run keep the version they were started under
     */
    public static <S> Stages.BeforePivot<S> named(String name, int version, Class<S> dataType) {
        return new Stages.BeforePivot<>(name, version, dataType, List.of());
    }

    /** What to keep of the data when the saga has finished: the place to drop what is personal. */
    public Saga<S> whenFinished(UnaryOperator<S> keep) {
        return copy(keep, tentative, persistent);
    }

    /**
     * How long to wait for answers.
     *
     * @param tentative for the steps before the pivot, which are given up and undone
     * @param persistent for everything else: the pivot, what follows it, undoing, and the ending
     */
    public Saga<S> waiting(Patience tentative, Patience persistent) {
        return copy(whenFinished, tentative, persistent);
    }

    public String name() {
        return name;
    }

    public int version() {
        return version;
    }

    public Class<S> dataType() {
        return dataType;
    }

    /** In the order in which they come; at the end, what ends a refused saga. */
    public List<String> stepNames() {
        List<String> names = new ArrayList<>(compensatables.stream().map(Compensatable::name).toList());
        names.add(pivot.name());
        retriables.forEach(stage -> names.add(stage.name()));
        names.add(ending.name());
        return List.copyOf(names);
    }

    List<Compensatable<S>> compensatables() {
        return compensatables;
    }

    Pivot<S> pivot() {
        return pivot;
    }

    /** All that there is to do, step by step. The last of it tells that it has succeeded. */
    List<List<Place<S>>> forward() {
        List<List<Place<S>>> steps = new ArrayList<>();
        compensatables.forEach(step -> steps.add(List.of(new Place<>(Kind.ACTION, step.name(), 0, step.action()))));
        steps.add(List.of(new Place<>(Kind.ACTION, pivot.name(), 0, pivot.action())));
        retriables.forEach(stage -> steps.add(places(Kind.ACTION, stage)));
        return steps;
    }

    /** What undoes these, step by step in their order; what is sent last tells how it has ended. */
    List<List<Place<S>>> back(List<Compensatable<S>> undone) {
        List<List<Place<S>>> steps = new ArrayList<>();
        undone.forEach(step -> steps.add(List.of(new Place<>(Kind.UNDO, step.name(), 0, step.undo()))));
        steps.add(places(Kind.ENDING, ending));
        return steps;
    }

    private static <S> List<Place<S>> places(Kind kind, Together<S> step) {
        List<Place<S>> places = new ArrayList<>();
        step.actions().forEach(action -> places.add(new Place<>(kind, step.name(), places.size(), action)));
        return places;
    }

    /** A command's place in the definition. */
    record Place<S>(Kind kind, String step, int part, Action<S, ?> action) {
        boolean isOf(Call call) {
            return call.isAt(kind, step, part);
        }
    }

    UnaryOperator<S> whenInDoubt() {
        return whenInDoubt;
    }

    UnaryOperator<S> whenFinished() {
        return whenFinished;
    }

    boolean isCompensatable(String step) {
        return compensatables.stream().anyMatch(named(step));
    }

    boolean isRetriable(String step) {
        return retriables.stream().anyMatch(named(step));
    }

    Patience patience(Kind kind, String step) {
        return kind == Kind.ACTION && isCompensatable(step) ? tentative : persistent;
    }

    /** Whether an instance that has made this call can go on under this definition. */
    public boolean knows(Kind kind, String step, int part) {
        return findAction(kind, step, part).isPresent();
    }

    /** What was called: a call names its place in the definition. */
    Action<S, ?> actionOf(Call call) {
        return findAction(call.kind(), call.step(), call.part()).orElseThrow(() -> new IllegalStateException(
                "%s, version %d, has no step '%s'".formatted(name, version, call.step())));
    }

    private Optional<Action<S, ?>> findAction(Kind kind, String step, int part) {
        List<Action<S, ?>> actions = new ArrayList<>();
        switch (kind) {
            case ACTION -> {
                compensatables.stream().filter(named(step)).forEach(found -> actions.add(found.action()));
                Stream.of(pivot).filter(named(step)).forEach(found -> actions.add(found.action()));
                retriables.stream().filter(named(step)).forEach(found -> actions.addAll(found.actions()));
            }
            case UNDO ->
                compensatables.stream().filter(named(step)).forEach(found -> actions.add(found.undo()));
            case ENDING -> Stream.of(ending).filter(named(step)).forEach(found -> actions.addAll(found.actions()));
        }
        return part < actions.size() ? Optional.of(actions.get(part)) : Optional.empty();
    }

    private static Predicate<Step<?>> named(String name) {
        return step -> step.name().equals(name);
    }

    private Saga<S> copy(UnaryOperator<S> whenFinished, Patience tentative, Patience persistent) {
        return new Saga<>(name, version, dataType, compensatables, pivot, retriables, ending, whenInDoubt,
                whenFinished, tentative, persistent);
    }

    private void requireDistinctNames() {
        Set<String> seen = new HashSet<>();
        for (String step : stepNames()) {
            if (!seen.add(step)) {
                throw new IllegalArgumentException("%s has two steps named '%s'".formatted(name, step));
            }
        }
    }
}
