package dev.waybill.simulators.webhooks;

import jakarta.annotation.PreDestroy;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Sends webhooks in the background. Those about one order go one after another, in the order in which they were handed
 * over, retries included; different orders do not wait for each other. What was waiting when the process ended is not
 * known afterwards, so the latest effects are told again: at least once, as long as the receiver is not away for longer than
 * the attempts take.
 */
@Component
public class Webhooks {

    private static final Logger LOG = LoggerFactory.getLogger(Webhooks.class);
    private static final int SENT_AT_ONCE = 64;

    private final WebhookSettings settings;
    private final JsonMapper json;
    private final Clock clock;
    private final HttpClient client;
    private final Semaphore slots = new Semaphore(SENT_AT_ONCE);
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Map<String, Queue<Webhook>> waiting = new HashMap<>();

    Webhooks(WebhookSettings settings, JsonMapper json, Clock clock) {
        this.settings = settings;
        this.json = json;
        this.clock = clock;
        this.client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(2)).build();
    }

    /** Refuses a configuration in which webhooks could not be signed. */
    public void requireSecretFor(@Nullable URI url) {
        if (url != null && settings.webhookSecret().isBlank()) {
            throw new IllegalStateException(
                    "waybill.simulators.webhook-secret is needed to send webhooks to " + url);
        }
    }

    /**
     * Since when effects are to be told again after a restart.
     *
     * @param latest when the last effect before it took place
     */
    public Instant toldAgainSince(Instant latest) {
        return latest.minus(settings.webhook().againAfterRestart());
    }

    /**
     * Hands a webhook over; returns at once.
     *
     * @param orderId webhooks about the same order to the same receiver stay in order
     * @param body is sent as JSON
     */
    public void send(URI url, String orderId, Object body) {
        String queue = orderId + " to " + url;
        var webhook = new Webhook(url, json.writeValueAsString(body));
        synchronized (waiting) {
            Queue<Webhook> before = waiting.get(queue);
            if (before != null) {
                before.add(webhook);
                return;
            }
            waiting.put(queue, new ArrayDeque<>());
        }
        Thread.ofVirtual().name("webhooks-" + queue).start(() -> sendAll(queue, webhook));
    }

    @PreDestroy
    void close() {
        closing.countDown();
        client.shutdownNow();
    }

    private void sendAll(String queue, Webhook first) {
        for (Webhook webhook = first; webhook != null; webhook = next(queue)) {
            try {
                deliver(webhook);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                LOG.error("A webhook to {} could not be sent", webhook.url(), e);
            }
        }
    }

    private @Nullable Webhook next(String queue) {
        synchronized (waiting) {
            Queue<Webhook> queued = waiting.get(queue);
            Webhook webhook = queued == null ? null : queued.poll();
            if (webhook == null) {
                waiting.remove(queue);
            }
            return webhook;
        }
    }

    private void deliver(Webhook webhook) throws InterruptedException {
        Duration pause = settings.webhook().backoff();
        for (int attempt = 1; !closed(Duration.ZERO); attempt++) {
            String failure = attempt(webhook);
            if (failure == null) {
                return;
            }
            if (attempt >= settings.webhook().attempts()) {
                LOG.warn("A webhook to {} is given up after {} attempts: {}", webhook.url(), attempt, failure);
                return;
            }
            LOG.debug("A webhook to {} failed and is sent again in {}: {}", webhook.url(), pause, failure);
            if (closed(pause)) {
                return;
            }
            pause = shorter(pause.multipliedBy(2), settings.webhook().longestBackoff());
        }
    }

    /** Sends it once; answers what went wrong, if anything did. */
    private @Nullable String attempt(Webhook webhook) throws InterruptedException {
        long timestamp = clock.instant().getEpochSecond();
        HttpRequest request = HttpRequest.newBuilder(webhook.url()).timeout(settings.webhook().timeout())
                .header("Content-Type", "application/json").header("Waybill-Timestamp", Long.toString(timestamp))
                .header(
                        "Waybill-Signature",
                        new Signature(settings.webhookSecret()).of(timestamp, webhook.body()))
                .POST(HttpRequest.BodyPublishers.ofString(webhook.body())).build();
        slots.acquire();
        try {
            int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            return status / 100 == 2 ? null : "answered with " + status;
        } catch (IOException e) {
            return e.toString();
        } finally {
            slots.release();
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private boolean closed(Duration wait) throws InterruptedException {
        return closing.await(wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    private record Webhook(URI url, String body) {}
}
