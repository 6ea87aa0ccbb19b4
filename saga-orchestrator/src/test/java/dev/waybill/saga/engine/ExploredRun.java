package dev.waybill.saga.engine;

import dev.waybill.events.Command;
import dev.waybill.events.Event;
import dev.waybill.events.MessageId;
import dev.waybill.events.OrderId;
import dev.waybill.events.SagaId;
import dev.waybill.saga.engine.Transition.Outgoing;
import dev.waybill.saga.running.SagaJson;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * One saga from beginning to end in virtual time, all of it decided by one seed: an orchestrator that commits and crashes, a
 * network that loses, doubles, delays and reorders, participants that refuse, and people who want something of it. It ends
 * when nothing is under way any more.
 */
final class ExploredRun<S> {

    private final Explored<S> explored;
    private final Random random;
    private final Weather weather;
    private final SampleOrder order;
    private final Engine<S> engine;
    private final ModelParticipants participants;
    private final Sightings sightings;
    private final @Nullable List<String> trace;

    private final VirtualTime time = new VirtualTime();
    private final Network network;

    /** What the orchestrator has committed. */
    private @Nullable Instance<S> stored;
    private final List<Outgoing> outbox = new ArrayList<>();
    private final Set<MessageId> inbox = new HashSet<>();
    private final List<Input> taken = new ArrayList<>();
    private int published;
    /** What participants have answered, by command. */
    private final Map<MessageId, Event> answers = new HashMap<>();

    ExploredRun(Explored<S> explored, long seed, Rules rules, Sightings sightings, @Nullable List<String> trace) {
        this.explored = explored;
        this.random = new Random(seed);
        this.weather = Weather.of(random);
        this.order = new SampleOrder(new OrderId(newUuid()));
        this.engine = new Engine<>(explored.saga(), rules);
        this.participants = new ModelParticipants(order, random, weather.refusal(), weather.hardRefusal());
        this.sightings = sightings;
        this.network = new Network(weather, random, time, sightings);
        this.trace = trace;
    }

    /** Runs to the end and checks what is left. */
    void run() {
        tell(weather);
        time.later(0, this::start);
        perhapsAsked(1, 400, People.CALLED_OFF);
        perhapsAsked(1, 3_000, People.RETRIED);
        perhapsAsked(1, 2_000, People.SKIPPED);
        perhapsAsked(1, 2_000, People.RESOLVED_AS_COMPLETED);
        time.run();
        Instance<S> end = committed();
        tell("ended", end.status(), "with books", participants.deeds());
        new FinalCheck(explored, end, weather, outbox, taken, participants).check();
        if (!reread(end).equals(end)) {
            throw new Violation("Its stored form says something else");
        }
        sightings.saw("ended " + end.status());
        end.calls().forEach(call -> sightings.saw("call " + call.state()));
        sightings.saw("late action refused", participants.lateActions());
    }

    private void start() {
        Transition<S> transition = engine.start(new SagaId(newUuid()), explored.data().apply(order),
                time.instant(), this::newId);
        if (crashes("before the start is committed")) {
            time.later(20, this::start);
            return;
        }
        commit(transition);
    }

    private void answered(Input.Answer answer) {
        if (inbox.contains(answer.id())) {
            sightings.saw("inbox duplicate");
            return;
        }
        Instance<S> before = committed();
        Transition<S> transition = engine.apply(before, answer, time.instant(), this::newId);
        tell(answer.event(), "answers", answer.causationId(), transition.outcome());
        if (crashes("before an answer is committed")) {
            time.later(20, () -> answered(answer));
            return;
        }
        inbox.add(answer.id());
        sightings.saw("answer " + transition.outcome());
        if (transition.outcome() == Outcome.TAKEN) {
            taken.add(answer);
        } else if (!transition.instance().equals(before) || !transition.commands().isEmpty()) {
            throw new Violation("An answer that is %s moves it".formatted(transition.outcome()));
        }
        commit(transition);
    }

    private void sweep() {
        Instance<S> before = committed();
        Transition<S> transition = engine.apply(before, new Input.Timeout(), time.instant(), this::newId);
        if (transition.outcome() == Outcome.NOT_DUE) {
            sightings.saw("not due");
            return;
        }
        if (crashes("before a timeout is committed")) {
            time.later(20, this::sweep);
            return;
        }
        tell("timeout");
        commit(transition);
    }

    private void asked(Input.Request request) {
        if (stored == null) {
            return;
        }
        Instance<S> before = stored;
        Transition<S> transition = engine.apply(before, request, time.instant(), this::newId);
        String kind = request.getClass().getSimpleName();
        tell("asked to", kind, transition.outcome());
        if (crashes("before a request is committed")) {
            return;
        }
        sightings.saw("%s %s".formatted(kind, transition.outcome()));
        if (transition.outcome() == Outcome.TAKEN) {
            taken.add(request);
            if (request instanceof Input.Resolve) {
                participants.aPersonHasResolved();
            }
        } else if (!transition.instance().equals(before) || !transition.commands().isEmpty()) {
            throw new Violation("A request that is %s moves it".formatted(transition.outcome()));
        }
        commit(transition);
    }

    private void perhapsAsked(int from, int to, Input.Request request) {
        if (random.nextDouble() < weather.meddling()) {
            time.later(random.nextInt(from, to), () -> asked(request));
        }
    }

    private void commit(Transition<S> transition) {
        Instance<S> next = transition.instance();
        if (stored != null && stored.status().isFinished() && !transition.commands().isEmpty()) {
            throw new Violation("%s, and yet it sends %s".formatted(stored.status(), transition.commands()));
        }
        if (next.status() == Status.STUCK) {
            perhapsAsked(50, 2_000, People.help(random));
            perhapsAsked(50, 2_000, People.RESOLVED_AS_COMPENSATED);
        }
        if (stored != null && stored.status().isFinished() && next.status() != stored.status()) {
            throw new Violation("%s, and then %s".formatted(stored.status(), next.status()));
        }
        for (Outgoing outgoing : transition.commands()) {
            tell("sends", outgoing.command(), "as", outgoing.id());
            requireEverythingBeforeAnswered(outgoing);
            outbox.add(outgoing);
        }
        transition.journal().forEach(entry -> sightings.saw("journal " + entry.kind()));
        stored = next;
        Instant deadline = next.deadline();
        if (deadline != null) {
            time.later(Duration.between(time.instant(), deadline).toMillis() + random.nextInt(5), this::sweep);
        }
        crashes("after a commit");
        publish();
    }

    /** Steps are not sent together, unless they are of one group: what came before must have been acted on. */
    private void requireEverythingBeforeAnswered(Outgoing next) {
        boolean sentBefore = outbox.stream().anyMatch(other -> other.id().equals(next.id()));
        if (sentBefore) {
            sightings.saw("sent again");
            return;
        }
        Set<Class<?>> together = explored.together().contains(next.command().getClass())
                ? explored.together()
                : Set.of();
        boolean back = FinalCheck.isOnTheWayBack(next.command());
        for (Outgoing other : outbox) {
            boolean isWaitedFor = back == FinalCheck.isOnTheWayBack(other.command())
                    && !together.contains(other.command().getClass());
            if (isWaitedFor && !answers.containsKey(other.id())
                    && taken.stream()
                            .noneMatch(each -> each instanceof Input.Skip || each instanceof Input.Resolve)) {
                throw new Violation("%s is sent before %s is answered".formatted(next.command(), other.command()));
            }
        }
    }

    /** Sends what is committed; a crash between two sends has the last one sent again. */
    private void publish() {
        while (published < outbox.size()) {
            Outgoing outgoing = outbox.get(published);
            network.send(() -> arrived(outgoing.id(), outgoing.command()));
            if (crashes("between sending and noting that it is sent")) {
                time.later(10, this::publish);
                return;
            }
            published++;
        }
    }

    private void arrived(MessageId id, Command<?> command) {
        Event before = answers.get(id);
        if (before != null) {
            sightings.saw("command duplicate");
            if (weather.loss() > 0 || random.nextBoolean()) {
                answer(id, before);
            }
            return;
        }
        Event event = participants.handle(command);
        tell(command, "leads to", event);
        if (event == null) {
            sightings.saw("contradiction");
            return;
        }
        answers.put(id, event);
        answer(id, event);
    }

    private void answer(MessageId command, Event event) {
        var answer = new Input.Answer(newId(), command, event);
        network.send(() -> answered(answer));
        if (random.nextDouble() < weather.stray()) {
            var stray = random.nextBoolean()
                    ? new Input.Answer(newId(), newId(), event)
                    : new Input.Answer(newId(), outbox.get(random.nextInt(outbox.size())).id(), order.placed());
            network.send(() -> answered(stray));
        }
    }

    private boolean crashes(String where) {
        if (random.nextDouble() >= weather.crash()) {
            return false;
        }
        tell("crash", where);
        sightings.saw("crash " + where);
        if (stored != null) {
            stored = reread(stored);
        }
        return true;
    }

    /** As it comes back from the database. */
    private Instance<S> reread(Instance<S> instance) {
        return new Instance<>(
                instance.id(),
                instance.definitionVersion(),
                instance.status(),
                SagaJson.readData(explored.saga(), SagaJson.data(instance)),
                SagaJson.readCalls(SagaJson.calls(instance)),
                instance.startedAt());
    }

    private Instance<S> committed() {
        if (stored == null) {
            throw new Violation("It has not begun");
        }
        return stored;
    }

    private MessageId newId() {
        return new MessageId(newUuid());
    }

    private UUID newUuid() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    private void tell(@Nullable Object... words) {
        if (trace != null) {
            trace.add(time + ": " + Arrays.stream(words).map(String::valueOf).collect(Collectors.joining(" ")));
        }
    }
}
