package dev.waybill.saga.running;

import dev.waybill.saga.engine.Call;
import dev.waybill.saga.engine.Engine;
import dev.waybill.saga.engine.Saga;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The definitions that can be run here, each under its name and version: an instance is finished as it was started. */
final class Definitions {

    private record Name(String type, int version) {
        @Override
        public String toString() {
            return type + " " + version;
        }
    }

    private final Map<Name, Engine<?>> engines;

    Definitions(List<? extends Saga<?>> definitions) {
        this.engines = definitions.stream().map(Engine::new).collect(Collectors
                .toUnmodifiableMap(engine -> new Name(engine.saga().name(), engine.saga().version()),
                        Function.identity()));
    }

    /** The names of all, each with its version. */
    String[] names() {
        return engines.keySet().stream().map(Name::toString).toArray(String[]::new);
    }

    Set<String> stepNames() {
        return engines.values().stream().flatMap(engine -> engine.saga().stepNames().stream())
                .collect(Collectors.toSet());
    }

    boolean knows(String type, int version) {
        return engines.containsKey(new Name(type, version));
    }

    /** Whether a saga that has made this call can go on here. */
    boolean knows(String type, int version, String kind, String step, int part) {
        Engine<?> engine = engines.get(new Name(type, version));
        return engine != null && Stream.of(Call.Kind.values())
                .anyMatch(known -> known.name().equals(kind) && engine.saga().knows(known, step, part));
    }

    /** @throws UnknownDefinitionException when it runs under a definition that is not known here */
    Engine<?> engineFor(StoredSaga saga) {
        Engine<?> engine = engines.get(new Name(saga.type(), saga.definitionVersion()));
        if (engine == null) {
            throw new UnknownDefinitionException(saga.id(), saga.type(), saga.definitionVersion());
        }
        return engine;
    }
}
