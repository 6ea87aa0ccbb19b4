package dev.waybill.console.services;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What each service has said about an order, as it stands on its topics: every service answers this alike. */
@Component
public class MessagesService {

    private static final int LARGEST_PAGE = 100;

    private final Services services;

    MessagesService(Services services) {
        this.services = services;
    }

    /**
     * A message.
     *
     * @param sequence    its number among the events of its aggregate; none on a command
     * @param logicalTime greater than that of whatever caused it
     * @param payload     only its beginning where it is {@code truncated}
     */
    public record Message(UUID id, @Nullable String type, @Nullable String topic, @Nullable String key,
            @Nullable Long sequence, long logicalTime, @Nullable Instant writtenAt, boolean published,
            @Nullable String payload, boolean truncated, Map<String, String> headers) {

        public Message {
            headers = headers == null ? Map.of() : Map.copyOf(headers);
        }
    }

    /** In the order in which an order meets them. */
    public Set<String> names() {
        return services.names();
    }

    /** The oldest first. */
    public Answer<Listing<Message>> messages(String service, UUID order, @Nullable String cursor) {
        Map<String, @Nullable Object> query = new HashMap<>();
        query.put("key", order);
        query.put("limit", LARGEST_PAGE);
        query.put("cursor", cursor);
        return services.of(service).list(Message.class, "/operations/messages", query);
    }
}
