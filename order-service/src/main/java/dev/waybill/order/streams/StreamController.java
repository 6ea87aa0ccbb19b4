package dev.waybill.order.streams;

import dev.waybill.defaults.problems.ProblemType;
import dev.waybill.defaults.problems.StandardProblems;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;

/**
 * Streams what becomes of an order, as server-sent events, until nothing more can become of it. The request's own virtual thread
 * waits and writes: whoever reads slowly, or has gone, holds up nobody else.
 */
@RestController
@EnableConfigurationProperties(StreamSettings.class)
class StreamController {

    private static final ProblemType NO_SUCH_ORDER = ProblemType.notFound("order-not-found", "There is no such order");
    private static final ProblemType TOO_MANY = ProblemType.unavailable("too-many-streams", "Too many are watching");
    private static final Duration COME_AGAIN = Duration.ofSeconds(5);
    private static final String LAST_EVENT_ID = "Last-Event-ID";

    private final Watching watching;
    private final StreamSettings settings;
    private final JsonMapper json;
    private final Semaphore places;

    StreamController(Watching watching, StreamSettings settings, JsonMapper json, MeterRegistry meters) {
        this.watching = watching;
        this.settings = settings;
        this.json = json;
        this.places = new Semaphore(settings.atOnce());
        Gauge.builder("order.streams", watching, Watching::watches).description("Who watches an order")
                .register(meters);
    }

    @GetMapping(path = "/orders/{id}/events")
    void events(
            @PathVariable UUID id,
            @RequestHeader(name = LAST_EVENT_ID, required = false) @Nullable String lastEventId,
            HttpServletResponse response) throws IOException {
        long seen = versionSeen(lastEventId);
        if (!places.tryAcquire()) {
            throw TOO_MANY.because("%d streams are open here".formatted(settings.atOnce())).retryAfter(COME_AGAIN);
        }
        try (Watching.Watch watch = watching.watch(id)) {
            OrderNow now = watching.now(id).orElseThrow(() -> NO_SUCH_ORDER.because("There is no order " + id));
            if (now.isFinal() && now.version() <= seen) {
                // An EventSource that is told so does not ask again.
                response.setStatus(HttpStatus.NO_CONTENT.value());
                return;
            }
            response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            stream(watch, now, seen, response);
        } catch (InterruptedException _) {
            // Nobody waits for this any more.
            Thread.currentThread().interrupt();
        } finally {
            places.release();
        }
    }

    private void stream(Watching.Watch watch, OrderNow first, long lastSeen, HttpServletResponse response)
            throws InterruptedException {
        long seen = lastSeen;
        Optional<OrderNow> now = Optional.of(first);
        try {
            while (!watch.isOver()) {
                if (now.isPresent() && now.get().version() > seen) {
                    seen = now.get().version();
                    write(response, "event: status\nid: %d\ndata: %s\n\n".formatted(seen,
                            json.writeValueAsString(now.get())));
                    if (now.get().isFinal()) {
                        return;
                    }
                } else if (now.isEmpty() || !response.isCommitted()) {
                    write(response, ": still there\n\n");
                }
                now = watch.next(settings.heartbeat());
            }
        } catch (IOException _) {
            // The watcher has gone.
        }
    }

    private static void write(HttpServletResponse response, String text) throws IOException {
        response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        response.flushBuffer();
    }

    private static long versionSeen(@Nullable String lastEventId) {
        if (lastEventId == null || lastEventId.isEmpty()) {
            return -1;
        }
        if (!lastEventId.matches("[0-9]{1,18}")) {
            throw StandardProblems.INVALID_REQUEST.because("No event of this stream is called so")
                    .atHeader(LAST_EVENT_ID, "The id of the last event that was seen is wanted here");
        }
        return Long.parseLong(lastEventId);
    }
}
