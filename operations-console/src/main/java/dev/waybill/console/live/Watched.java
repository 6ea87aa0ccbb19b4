package dev.waybill.console.live;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Something that is looked at again and again, by a virtual thread of its own, until nobody watches it any more. Of what was seen only a
 * digest is kept. A look that fails is told once, as a change: the page then says so. While looks go on failing nothing is told, as nobody
 * knows whether it is the same.
 */
final class Watched {

    private static final String NOT_SEEN = "not seen";

    private static final Logger LOG = LoggerFactory.getLogger(Watched.class);

    private final Supplier<Object> look;
    private final Duration every;
    private final Set<Watch> watches = ConcurrentHashMap.newKeySet();
    private final CountDownLatch left = new CountDownLatch(1);
    /** Empty before the first look has come to its end. */
    private volatile String seen = "";

    private Watched(Supplier<Object> look, Duration every) {
        this.look = look;
        this.every = every;
    }

    static Watched begin(Supplier<Object> look, Duration every) {
        var watched = new Watched(look, every);
        Thread.ofVirtual().name("watching").start(watched::run);
        return watched;
    }

    /** Whoever comes later is told at once: what their page shows may be older than the last look. */
    void add(Watch watch) {
        watches.add(watch);
        if (!seen.isEmpty()) {
            watch.changed();
        }
    }

    /** Whether somebody is left. */
    boolean remove(Watch watch) {
        watches.remove(watch);
        if (watches.isEmpty()) {
            left.countDown();
            return false;
        }
        return true;
    }

    void end() {
        watches.forEach(Watch::end);
    }

    private void run() {
        try {
            do {
                String now = look();
                if (now.equals(seen)) {
                    if (!now.equals(NOT_SEEN)) {
                        watches.forEach(Watch::same);
                    }
                } else {
                    // Before anybody is told: whoever comes now is told by one of the two.
                    seen = now;
                    watches.forEach(Watch::changed);
                }
            } while (!left.await(every.toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private String look() {
        try {
            return digest(String.valueOf(look.get()));
        } catch (RuntimeException | Error e) {
            LOG.debug("What somebody looks at cannot be seen for now: {}", e.toString());
            return NOT_SEEN;
        }
    }

    private static String digest(String shown) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(shown.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
