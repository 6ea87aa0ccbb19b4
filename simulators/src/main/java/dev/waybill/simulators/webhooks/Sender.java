package dev.waybill.simulators.webhooks;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Sends one webhook, signed, and again after growing pauses until it is taken or given up. */
final class Sender implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Sender.class);
    private static final int SENT_AT_ONCE = 64;

    private final WebhookSettings settings;
    private final Clock clock;
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2)).build();
    private final Semaphore connections = new Semaphore(SENT_AT_ONCE);
    private final CountDownLatch closing = new CountDownLatch(1);

    Sender(WebhookSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** Whether that is settled: taken or given up, and not only broken off because the simulators stop. */
    boolean send(URI url, String body) throws InterruptedException {
        Duration pause = settings.webhook().backoff();
        for (int attempt = 1; !closed(Duration.ZERO); attempt++) {
            String failure = attempt(url, body);
            if (failure == null) {
                return true;
            }
            if (attempt >= settings.webhook().attempts()) {
                LOG.warn("A webhook to {} is given up after {} attempts: {}", url, attempt, failure);
                return true;
            }
            LOG.debug("A webhook to {} failed and is sent again in {}: {}", url, pause, failure);
            if (closed(pause)) {
                return false;
            }
            pause = shorter(pause.multipliedBy(2), settings.webhook().longestBackoff());
        }
        return false;
    }

    @Override
    public void close() {
        closing.countDown();
        client.shutdownNow();
    }

    /** Sends it once; answers what went wrong, if anything did. */
    private @Nullable String attempt(URI url, String body) throws InterruptedException {
        connections.acquire();
        try {
            long timestamp = clock.instant().getEpochSecond();
            HttpRequest request = HttpRequest.newBuilder(url).timeout(settings.webhook().timeout())
                    .header("Content-Type", "application/json").header("Waybill-Timestamp", Long.toString(timestamp))
                    .header("Waybill-Signature", new Signature(settings.webhookSecret()).of(timestamp, body))
                    .POST(HttpRequest.BodyPublishers.ofString(body)).build();
            int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            return status / 100 == 2 ? null : "answered with " + status;
        } catch (IOException e) {
            return e.toString();
        } finally {
            connections.release();
        }
    }

    private boolean closed(Duration wait) throws InterruptedException {
        return closing.await(wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
