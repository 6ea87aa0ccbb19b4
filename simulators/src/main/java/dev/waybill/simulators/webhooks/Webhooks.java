package dev.waybill.simulators.webhooks;

import dev.waybill.simulators.books.Books;
import dev.waybill.simulators.books.Bookshelf;
import dev.waybill.simulators.books.Entry;
import jakarta.annotation.PreDestroy;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * Tells receivers what stands in the books, at least once: neither a crash of ours nor a receiver that is away for less time
 * than all attempts take loses anything, and nobody who is served waits for it.
 */
@Component
public class Webhooks {

    private final WebhookSettings settings;
    private final Bookshelf shelf;
    private final JsonMapper json;
    private final Sender sender;
    private final List<Relay<?>> relays = new CopyOnWriteArrayList<>();

    Webhooks(WebhookSettings settings, Bookshelf shelf, JsonMapper json, Clock clock) {
        this.settings = settings;
        this.shelf = shelf;
        this.json = json;
        this.sender = new Sender(settings, clock);
    }

    /**
     * Tells a receiver of a book from now on, and of what was left untold before.
     *
     * @param name the book's
     * @param url the receiver; if null, nobody is told
     * @param what is to be told of an entry; nothing, if null
     */
    public <E extends Entry> void follow(
            String name, Books<E> books, @Nullable URI url, Function<E, @Nullable Notification> what) {
        if (url == null) {
            return;
        }
        if (settings.webhookSecret().isBlank()) {
            throw new IllegalStateException("waybill.simulators.webhook-secret is needed to send webhooks to " + url);
        }
        var relay = new Relay<>(books, what, url, sender, json, new Cursor(shelf.beside(name + ".webhooks")));
        relays.add(relay);
        relay.start(name);
    }

    @PreDestroy
    void close() {
        sender.close();
        relays.forEach(Relay::close);
    }
}
