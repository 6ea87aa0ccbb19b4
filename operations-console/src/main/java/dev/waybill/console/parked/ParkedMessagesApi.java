package dev.waybill.console.parked;

import dev.waybill.console.services.Answer;
import dev.waybill.console.services.Listing;
import dev.waybill.console.services.ServiceHttp;
import dev.waybill.console.services.Services;
import dev.waybill.console.who.Who;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What every service answers alike about the messages that it could not handle, and takes from people who see to them. What changes a
 * message is about the version that was looked at, and is refused where it has another one by then: so it is done once at most.
 */
@Component
class ParkedMessagesApi {

    /** The most that a service gives at once. */
    static final int LARGEST_PAGE = 100;

    private static final String PATH = "/operations/parked-messages";

    private final Services services;

    ParkedMessagesApi(Services services) {
        this.services = services;
    }

    /** What is empty does not matter. */
    record Wanted(String subscription, String key, String state) {}

    Set<String> services() {
        return services.names();
    }

    /** The newest first; payloads may be cut off. */
    Answer<Listing<ParkedMessage>> list(String service, Wanted wanted, int limit, @Nullable String cursor) {
        Map<String, @Nullable Object> query = new HashMap<>();
        query.put("subscription", wanted.subscription());
        query.put("key", wanted.key());
        query.put("state", wanted.state());
        query.put("limit", limit);
        query.put("cursor", cursor);
        return services.of(service).list(ParkedMessage.class, PATH, query);
    }

    Answer<ParkedMessage> get(String service, UUID id) {
        return services.of(service).get(ParkedMessage.class, PATH + "/" + id);
    }

    /** @param payload as it is to stand there, to the letter */
    Answer<ParkedMessage> edit(String service, UUID id, long version, String payload, String reason, Who who) {
        return services.of(service).put(ParkedMessage.class, PATH + "/" + id, who, version,
                Map.of("payload", payload, "reason", reason));
    }

    Answer<DryRun> dryRun(String service, UUID id, Who who) {
        return patient(service).post(DryRun.class, "%s/%s/dry-run".formatted(PATH, id), who, Map.of());
    }

    Answer<WorkedOff> replay(String service, UUID id, long version, String reason, Who who) {
        return patient(service).post(WorkedOff.class, "%s/%s/replay".formatted(PATH, id), who, version,
                Map.of("reason", reason));
    }

    Answer<WorkedOff> discard(String service, UUID id, long version, String reason, Who who) {
        return patient(service).post(WorkedOff.class, "%s/%s/discard".formatted(PATH, id), who, version,
                Map.of("reason", reason));
    }

    /** What was done about it, the newest first, also when it is gone. */
    Answer<Listing<ParkedMessage.Act>> acts(String service, UUID id) {
        return services.of(service).list(ParkedMessage.Act.class, "/operations/parked-acts",
                Map.of("parkedMessage", id, "limit", LARGEST_PAGE));
    }

    /** A replay goes on for up to twenty seconds, and so does the one that follows a discarded message. */
    private ServiceHttp patient(String service) {
        return services.patient(service);
    }
}
