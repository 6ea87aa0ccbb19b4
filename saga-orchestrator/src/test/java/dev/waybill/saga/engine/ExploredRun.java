package dev.waybill.saga.engine;

import dev.waybill.events.Command;
import dev.waybill.events.Event;
import dev.waybill.events.MessageId;
import dev.waybill.events.OrderId;
import dev.waybill.events.SagaId;
import dev.waybill.saga.engine.Transition.Outgoing;
import dev.waybill.saga.fulfillment.Fulfillment;
import dev.waybill.saga.fulfillment.FulfillmentSaga;
import dev.waybill.saga.running.SagaJson;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * One fulfillment from beginning to end in virtual time, all of it decided by one seed: an orchestrator that commits and
 * crashes, a network that loses, doubles, delays and reorders, and participants that refuse. It ends when nothing is under
 * way any more.
 */
final class ExploredRun {

    static final Patience TENTATIVE = new Patience(Duration.ofMillis(100), Duration.ofMillis(400), 3);
    static final Patience PERSISTENT = new Patience(Duration.ofMillis(100), Duration.ofMillis(400), 8);
    static final Saga<Fulfillment> SAGA = FulfillmentSaga.DEFINITION.waiting(TENTATIVE, PERSISTENT);

    private static final Instant BEGINNING = Instant.parse("2026-11-21T14:00:00Z");
    private static final int MOST_HAPPENINGS = 20_000;

    private record Happening(long at, int number, Runnable task) {}

    private final Random random;
    private final Weather weather;
    private final SampleOrder order;
    private final Engine<Fulfillment> engine;
    private final ModelParticipants participants;
    private final Sightings sightings;
    private final @Nullable List<String> trace;

    private final PriorityQueue<Happening> agenda = new PriorityQueue<>(
            Comparator.comparingLong(Happening::at).thenComparingInt(Happening::number));
    private long now;
    private int planned;
    private int happenings;

    /** What the orchestrator has committed. */
    private @Nullable Instance<Fulfillment> stored;
    private final List<Outgoing> outbox = new ArrayList<>();
    private final Set<MessageId> inbox = new HashSet<>();
    private final List<Input.Answer> taken = new ArrayList<>();
    private int published;
    /** What participants have answered, by command. */
    private final Map<MessageId, Event> answers = new HashMap<>();

    ExploredRun(long seed, Rules rules, Sightings sightings, @Nullable List<String> trace) {
        this.random = new Random(seed);
        this.weather = Weather.of(random);
        this.order = new SampleOrder(new OrderId(newUuid()));
        this.engine = new Engine<>(SAGA, rules);
        this.participants = new ModelParticipants(order, random, weather.refusal(), weather.undoRefusal());
        this.sightings = sightings;
        this.trace = trace;
    }

    /** Runs to the end and checks what is left. */
    void run() {
        tell(weather);
        later(0, this::start);
        while (!agenda.isEmpty()) {
            if (++happenings > MOST_HAPPENINGS) {
                throw new Violation("It does not end");
            }
            Happening next = agenda.remove();
            now = next.at();
            next.task().run();
        }
        Instance<Fulfillment> end = committed();
        tell("ended", end.status(), "with books", participants.deeds());
        new FinalCheck(end, weather, outbox, taken, participants).check();
        if (!reread(end).equals(end)) {
            throw new Violation("Its stored form says something else");
        }
        sightings.saw("ended " + end.status());
        sightings.saw("late action refused", participants.lateActions());
    }

    private void start() {
        Transition<Fulfillment> transition = engine.start(new SagaId(newUuid()), Fulfillment.of(order.placed()),
                instant(), this::newId);
        if (crashes("before the start is committed")) {
            later(20, this::start);
            return;
        }
        commit(transition);
    }

    private void answered(Input.Answer answer) {
        if (inbox.contains(answer.id())) {
            sightings.saw("inbox duplicate");
            return;
        }
        Instance<Fulfillment> before = committed();
        Transition<Fulfillment> transition = engine.apply(before, answer, instant(), this::newId);
        tell(answer.event(), "answers", answer.causationId(), transition.outcome());
        if (crashes("before an answer is committed")) {
            later(20, () -> answered(answer));
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
        Instance<Fulfillment> before = committed();
        Transition<Fulfillment> transition = engine.apply(before, new Input.Timeout(), instant(), this::newId);
        if (transition.outcome() == Outcome.NOT_DUE) {
            sightings.saw("not due");
            return;
        }
        if (crashes("before a timeout is committed")) {
            later(20, this::sweep);
            return;
        }
        tell("timeout");
        commit(transition);
    }

    private void commit(Transition<Fulfillment> transition) {
        Instance<Fulfillment> next = transition.instance();
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
            later(Duration.between(instant(), deadline).toMillis() + random.nextInt(5), this::sweep);
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
        Set<Class<?>> together = FinalCheck.GROUP.contains(next.command().getClass()) ? FinalCheck.GROUP : Set.of();
        boolean back = FinalCheck.isOnTheWayBack(next.command());
        for (Outgoing other : outbox) {
            boolean isWaitedFor = back == FinalCheck.isOnTheWayBack(other.command())
                    && !together.contains(other.command().getClass());
            if (isWaitedFor && !answers.containsKey(other.id())) {
                throw new Violation("%s is sent before %s is answered".formatted(next.command(), other.command()));
            }
        }
    }

    /** Sends what is committed; a crash between two sends has the last one sent again. */
    private void publish() {
        while (published < outbox.size()) {
            Outgoing outgoing = outbox.get(published);
            network(() -> arrived(outgoing.id(), outgoing.command()));
            if (crashes("between sending and noting that it is sent")) {
                later(10, this::publish);
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
        answers.put(id, event);
        answer(id, event);
    }

    private void answer(MessageId command, Event event) {
        var answer = new Input.Answer(newId(), command, event);
        network(() -> answered(answer));
        if (random.nextDouble() < weather.stray()) {
            var stray = random.nextBoolean()
                    ? new Input.Answer(newId(), newId(), event)
                    : new Input.Answer(newId(), outbox.get(random.nextInt(outbox.size())).id(), order.placed());
            network(() -> answered(stray));
        }
    }

    private void network(Runnable delivery) {
        if (random.nextDouble() < weather.loss()) {
            sightings.saw("lost");
        } else {
            later(delay(), delivery);
        }
        if (random.nextDouble() < weather.duplicate()) {
            later(delay(), delivery);
        }
    }

    private long delay() {
        return random.nextDouble() < weather.slowness() ? random.nextInt(50, 5_000) : random.nextInt(1, 20);
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
    private static Instance<Fulfillment> reread(Instance<Fulfillment> instance) {
        return new Instance<>(
                instance.id(),
                instance.definitionVersion(),
                instance.status(),
                SagaJson.readData(SAGA, SagaJson.data(instance)),
                SagaJson.readCalls(SagaJson.calls(instance)),
                instance.startedAt());
    }

    private Instance<Fulfillment> committed() {
        if (stored == null) {
            throw new Violation("It has not begun");
        }
        return stored;
    }

    private void later(long millis, Runnable task) {
        agenda.add(new Happening(now + millis, planned++, task));
    }

    private Instant instant() {
        return BEGINNING.plusMillis(now);
    }

    private MessageId newId() {
        return new MessageId(newUuid());
    }

    private UUID newUuid() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    private void tell(@Nullable Object... words) {
        if (trace != null) {
            trace.add(now + " ms: " + Arrays.stream(words).map(String::valueOf).collect(Collectors.joining(" ")));
        }
    }
}
