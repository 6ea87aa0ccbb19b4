package dev.waybill.saga.engine;

import dev.waybill.events.MessageId;
import dev.waybill.events.SagaId;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One saga at one moment; it never changes. Everything that is to come follows from the calls that were made, so there is
 * no second bookkeeping that could contradict them.
 *
 * @param definitionVersion the version of the definition it was started under, and is finished under
 * @param calls every command ever sent, in the order of their first sending, and those that a person has spared it
 * @param <S> what the saga remembers
 */
public record Instance<S>(
        SagaId id, int definitionVersion, Status status, S data, List<Call> calls, Instant startedAt) {

    public Instance {
        calls = List.copyOf(calls);
    }

    /** The step that it has come to, forward or on its way back. */
    public String step() {
        return calls.getLast().step();
    }

    /** When it next has to be looked at, if no answer comes before. */
    public @Nullable Instant deadline() {
        return calls.stream().map(Call::deadline).filter(Objects::nonNull).min(Comparator.naturalOrder()).orElse(null);
    }

    /** The calls that were still in flight in {@code before} and are not any more. */
    public List<Call> settledSince(Instance<S> before) {
        List<Call> waiting = before.calls.stream().filter(Call::isInFlight).toList();
        return calls.stream()
                .filter(call -> !call.isInFlight() && waiting.stream().anyMatch(other -> other.id().equals(call.id())))
                .toList();
    }

    /** Whether it has come further than {@code before}; having only asked again is not further. */
    public boolean hasMovedSince(Instance<S> before) {
        return calls.size() > before.calls.size() || !settledSince(before).isEmpty();
    }

    /** The same, which remembers something else from now on. */
    public Instance<S> remembering(S other) {
        return new Instance<>(id, definitionVersion, status, other, calls, startedAt);
    }

    Optional<Call> call(@Nullable MessageId commandId) {
        return calls.stream().filter(call -> call.id().equals(commandId)).findFirst();
    }
}
