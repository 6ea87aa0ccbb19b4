package dev.waybill.messaging;

import dev.waybill.events.Message;
import dev.waybill.events.MessageTypes;
import dev.waybill.events.Topic;
import org.jspecify.annotations.Nullable;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Which messages go to which use case. Declared as a bean; everything else follows from it: the topics are those of the
 * messages, the consumer group is {@code <application>.<name>}.
 *
 * <p>A poll's messages are handled one after another in one transaction. A handler neither commits nor catches: what it
 * throws rolls the transaction back. While it runs, {@link MessageContext#current()} is the message. A handler may see a
 * message again only if the transaction that handled it was rolled back.
 */
public final class Subscription {

    private final String name;
    private final Map<Class<? extends Message>, Consumer<Message>> handlers;
    private final Consumer<List<Message>> prefetch;

    private Subscription(Builder builder) {
        this.name = builder.name;
        this.handlers = Map.copyOf(builder.handlers);
        this.prefetch = builder.prefetch;
    }

    /** @param name unique within the service; a released name, as offsets, inbox and parked messages hang on it */
    public static Builder named(String name) {
        return new Builder(name);
    }

    public String name() {
        return name;
    }

    public Set<Topic> topics() {
        return handlers.keySet().stream().map(type -> Topic.of(type))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Topic.class)));
    }

    /** Whether messages of this kind have a handler here. Without one an event is passed over, and a command is parked. */
    public boolean handles(Class<? extends Message> type) {
        return handlers.containsKey(type);
    }

    /** Called by the inbox, once for a batch. */
    public void prefetch(List<Message> batch) {
        prefetch.accept(batch);
    }

    /** Called by the inbox, once for a message. */
    public void handle(Message message) {
        Consumer<Message> handler = handlers.get(message.getClass());
        if (handler == null) {
            throw new IllegalArgumentException(name + " does not handle " + message.getClass());
        }
        handler.accept(message);
    }

    /** Collects the handlers of a {@link Subscription}. */
    public static final class Builder {

        private final String name;
        private final Map<Class<? extends Message>, Consumer<Message>> handlers = new LinkedHashMap<>();
        private Consumer<List<Message>> prefetch = batch -> {};

        private Builder(String name) {
            this.name = name;
        }

        /** Hands messages of this kind, or of every kind in this sealed family, to the handler. */
        public <M extends Message> Builder on(Class<M> type, Consumer<? super M> handler) {
            for (Class<? extends Message> member : MessageTypes.membersOf(type)) {
                Consumer<Message> typed = message -> handler.accept(type.cast(message));
                @Nullable Consumer<Message> other = handlers.putIfAbsent(member, typed);
                if (other != null) {
                    throw new IllegalArgumentException(name + " has two handlers for " + member.getSimpleName());
                }
            }
            return this;
        }

        /**
         * Called once for a batch, in its transaction and before its first handler: the place to load, and to lock in one
         * fixed order, all that the batch will touch.
         */
        public Builder prefetching(Consumer<List<Message>> prefetch) {
            this.prefetch = prefetch;
            return this;
        }

        public Subscription build() {
            if (handlers.isEmpty()) {
                throw new IllegalArgumentException(name + " handles nothing");
            }
            return new Subscription(this);
        }
    }
}
