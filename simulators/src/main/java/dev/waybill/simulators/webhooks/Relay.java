package dev.waybill.simulators.webhooks;

import dev.waybill.simulators.books.Books;
import dev.waybill.simulators.books.Entry;
import dev.waybill.simulators.books.Line;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

import java.net.URI;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/**
 * Reads a book behind those who write it and tells a receiver of what it finds. What is told about one order goes one after
 * another, retries included; different orders do not wait for each other, until so many are under way that the book is the
 * better place to wait.
 */
final class Relay<E extends Entry> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
    private static final int MOST_UNDER_WAY = 1_000;

    private final Books<E> books;
    private final Function<E, @Nullable Notification> what;
    private final URI url;
    private final Sender sender;
    private final JsonMapper json;
    private final Cursor cursor;
    private final Semaphore room = new Semaphore(MOST_UNDER_WAY);
    private final Map<String, Queue<Webhook>> waiting = new HashMap<>();

    Relay(
            Books<E> books,
            Function<E, @Nullable Notification> what,
            URI url,
            Sender sender,
            JsonMapper json,
            Cursor cursor) {
        this.books = books;
        this.what = what;
        this.url = url;
        this.sender = sender;
        this.json = json;
        this.cursor = cursor;
    }

    void start(String name) {
        Thread.ofVirtual().name("webhooks-" + name).start(this::follow);
    }

    @Override
    public void close() {
        cursor.save();
    }

    private void follow() {
        try {
            for (Line<E> line = next(); line != null; line = next()) {
                Notification notification = what.apply(line.entry());
                if (notification != null && notification.copies() > 0) {
                    room.acquire();
                    cursor.begun(line.offset());
                    hand(
                            notification.orderId(),
                            new Webhook(
                                    line.offset(),
                                    notification.copies(),
                                    json.writeValueAsString(notification.body())));
                }
                cursor.passed(line.end());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("No more webhooks are sent to {} until a restart", url, e);
        }
    }

    private @Nullable Line<E> next() throws InterruptedException {
        return books.awaitLine(cursor.position());
    }

    private void hand(String orderId, Webhook webhook) {
        synchronized (waiting) {
            Queue<Webhook> before = waiting.get(orderId);
            if (before != null) {
                before.add(webhook);
                return;
            }
            waiting.put(orderId, new ArrayDeque<>(1));
        }
        Thread.ofVirtual().name("webhooks-" + orderId).start(() -> sendAll(orderId, webhook));
    }

    private void sendAll(String orderId, Webhook first) {
        for (Webhook webhook = first; webhook != null; webhook = next(orderId)) {
            try {
                if (!send(webhook)) {
                    return;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                LOG.error("A webhook to {} could not be sent", url, e);
            }
            room.release();
            cursor.done(webhook.offset());
        }
    }

    private boolean send(Webhook webhook) throws InterruptedException {
        for (int copy = 0; copy < webhook.copies(); copy++) {
            if (!sender.send(url, webhook.body())) {
                return false;
            }
        }
        return true;
    }

    private @Nullable Webhook next(String orderId) {
        synchronized (waiting) {
            Queue<Webhook> queued = waiting.get(orderId);
            Webhook webhook = queued == null ? null : queued.poll();
            if (webhook == null) {
                waiting.remove(orderId);
            }
            return webhook;
        }
    }

    private record Webhook(long offset, int copies, String body) {}
}
