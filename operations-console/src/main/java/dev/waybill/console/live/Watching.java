package dev.waybill.console.live;

import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Watches what somebody looks at: once for all who look at the same, and nothing that nobody looks at. Each is told that it has changed and
 * not what it has become: whoever is slow misses nothing by what has been overtaken, and holds up nobody.
 */
@Component
class Watching implements SmartLifecycle {

    private final Duration every;
    private final Map<String, Watched> watched = new ConcurrentHashMap<>();
    private volatile boolean running;

    Watching(LiveSettings settings) {
        this.every = settings.every();
    }

    /** @param look at what is seen under that address */
    Watch watch(String address, Supplier<Object> look) {
        var watch = new Watch(left -> leave(address, left));
        watched.compute(address, (_, known) -> {
            Watched one = known == null ? Watched.begin(look, every) : known;
            one.add(watch);
            return one;
        });
        if (!running) {
            // It came too late for those that were ended.
            watch.end();
        }
        return watch;
    }

    private void leave(String address, Watch watch) {
        watched.computeIfPresent(address, (_, one) -> one.remove(watch) ? one : null);
    }

    /** How many different things somebody looks at. */
    int watched() {
        return watched.size();
    }

    @Override
    public void start() {
        running = true;
    }

    /** Before the server waits for requests to end: streams would not. */
    @Override
    public void stop() {
        running = false;
        watched.values().forEach(Watched::end);
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
