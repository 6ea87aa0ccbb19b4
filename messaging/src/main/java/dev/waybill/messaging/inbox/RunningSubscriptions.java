package dev.waybill.messaging.inbox;

import dev.waybill.events.Topic;
import dev.waybill.messaging.inbox.ParkedAct.By;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The subscriptions of this process: which there are, which of them are paused, and that they are to go on. */
public class RunningSubscriptions {

    private final Map<String, Handling> handlings = new LinkedHashMap<>();
    private final ParkedActs acts;

    RunningSubscriptions(List<Handling> handlings, ParkedActs acts) {
        this.acts = acts;
        for (Handling handling : handlings) {
            if (this.handlings.putIfAbsent(handling.subscription().name(), handling) != null) {
                throw new IllegalArgumentException("Two subscriptions are called " + handling.subscription().name());
            }
        }
    }

    /**
     * How a subscription is.
     *
     * @param pausedSince nothing where it runs
     */
    public record Status(String name, List<String> topics, @Nullable Instant pausedSince, @Nullable String reason) {

        public boolean isPaused() {
            return pausedSince != null;
        }
    }

    public List<Status> list() {
        return handlings.values().stream().map(RunningSubscriptions::status).toList();
    }

    public Optional<Status> status(String name) {
        return find(name).map(RunningSubscriptions::status);
    }

    /** Has a paused subscription go on; answers false where it was not paused. */
    public boolean resume(String name, By by) {
        Optional<Handling> paused = find(name).filter(handling -> handling.watch().pause().isPresent());
        // First, so that nothing goes on without anyone having said so.
        paused.ifPresent(it -> acts.addOfSubscription(name, ParkedAct.Kind.RESUMED, by, status(it).reason()));
        return paused.isPresent() && paused.get().watch().resume();
    }

    Collection<Handling> handlings() {
        return handlings.values();
    }

    Optional<Handling> find(String name) {
        return Optional.ofNullable(handlings.get(name));
    }

    private static Status status(Handling handling) {
        Optional<ParkingWatch.Pause> pause = handling.watch().pause();
        return new Status(
                handling.subscription().name(),
                handling.subscription().topics().stream().map(Topic::topicName).toList(),
                pause.map(ParkingWatch.Pause::since).orElse(null),
                pause.map(ParkingWatch.Pause::reason).orElse(null));
    }
}
