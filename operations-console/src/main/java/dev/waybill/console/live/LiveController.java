package dev.waybill.console.live;

import dev.waybill.console.live.Watch.News;
import dev.waybill.defaults.problems.ProblemType;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Tells a page when to fetch its part anew, as server-sent events: {@code changed} once at the beginning and whenever something has changed
 * since, and {@code same} when it was looked at and nothing has. The request's own virtual thread waits and writes: whoever reads
 * slowly, or has gone, holds up nobody else, and is let go when a write fails.
 */
@RestController
class LiveController {

    static final String PATH = "/live";

    private static final ProblemType NOTHING_THERE = ProblemType.notFound("nothing-to-watch",
            "No page with this address keeps itself up to date");
    private static final ProblemType TOO_MANY = ProblemType.unavailable("too-many-streams", "Too many are watching");
    private static final Duration COME_AGAIN = Duration.ofSeconds(15);

    private final Sights sights;
    private final Watching watching;
    private final LiveSettings settings;
    private final Semaphore places;

    LiveController(Sights sights, Watching watching, LiveSettings settings, MeterRegistry meters) {
        this.sights = sights;
        this.watching = watching;
        this.settings = settings;
        this.places = new Semaphore(settings.atOnce());
        Gauge.builder("console.streams", places, free -> settings.atOnce() - free.availablePermits())
                .description("Pages that are told when what they show has changed").register(meters);
        Gauge.builder("console.watched", watching, Watching::watched)
                .description("Different things that these pages show").register(meters);
    }

    /** @param about the address under which the page fetches its part */
    @GetMapping(PATH)
    void live(@RequestParam String about, HttpServletResponse response) {
        Supplier<Object> look = sights.at(about)
                .orElseThrow(() -> NOTHING_THERE.because("The address of a page's part is wanted"));
        if (!places.tryAcquire()) {
            throw TOO_MANY.because("%d streams are open here".formatted(settings.atOnce())).retryAfter(COME_AGAIN);
        }
        try (Watch watch = watching.watch(about, look)) {
            response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
            // Else some servers in between keep an answer until it is complete.
            response.setHeader("X-Accel-Buffering", "no");
            for (News news = News.UNKNOWN; news != News.OVER; news = watch.next(settings.heartbeat())) {
                response.getOutputStream().write(event(news).getBytes(StandardCharsets.UTF_8));
                response.flushBuffer();
            }
        } catch (IOException _) {
            // Nobody reads it any more.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            places.release();
        }
    }

    /** An event without data would be none. What nobody has looked at is a comment, which only keeps the connection. */
    private static String event(News news) {
        return switch (news) {
            case CHANGED -> "event: changed\ndata: -\n\n";
            case SAME -> "event: same\ndata: -\n\n";
            case UNKNOWN, OVER -> ":\n\n";
        };
    }
}
