package dev.waybill.console.parked;

import dev.waybill.console.services.Answer;
import dev.waybill.console.services.Listing;
import dev.waybill.console.services.SideBySide;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The parked messages of all services, asked side by side: of each the newest, by subscription and reason. Services cannot be asked for a
 * reason; a page of a service is then put together from what stands on several of its own, and says where it has stopped looking.
 */
@Component
class ParkedOverview {

    private static final int PAGE = 50;
    private static final int MOST_PAGES = 10;
    /** Nobody waits longer for a page than until the answer to the question that was asked last by then. */
    private static final Duration LOOKS_FOR = Duration.ofSeconds(2);

    private final ParkedMessagesApi api;
    private final SideBySide sideBySide;

    ParkedOverview(ParkedMessagesApi api, SideBySide sideBySide) {
        this.api = api;
        this.sideBySide = sideBySide;
    }

    /**
     * What one service has.
     *
     * @param trouble why nothing is known about it
     * @param next    the cursor of what is older
     */
    record OfService(String service, @Nullable String trouble, List<Group> groups, @Nullable String next) {}

    /** Those of one subscription that are parked for the same reason, the newest first. */
    record Group(String subscription, String reason, List<ParkedMessage> messages) {

        /** By which a page knows it again when it has more messages or fewer. */
        public String id() {
            return subscription + "-" + Integer.toHexString(reason.hashCode());
        }
    }

    private record Kind(String subscription, String reason) {}

    /** @param cursor where one service is asked alone */
    List<OfService> look(ParkedFilter filter, @Nullable String cursor) {
        List<Supplier<OfService>> asked = api.services().stream().filter(filter::asks)
                .map(service -> sideBySide.ask(() -> ofService(service, filter, cursor))).toList();
        return asked.stream().map(Supplier::get).toList();
    }

    private OfService ofService(String service, ParkedFilter filter, @Nullable String cursor) {
        boolean sifting = !filter.reason().isEmpty();
        List<ParkedMessage> found = new ArrayList<>();
        String next = cursor;
        long until = System.nanoTime() + LOOKS_FOR.toNanos();
        for (int page = 0; goesOn(page, sifting, until) && found.size() < PAGE; page++) {
            Answer<Listing<ParkedMessage>> answer = api.list(service, filter.wanted(),
                    sifting ? ParkedMessagesApi.LARGEST_PAGE : PAGE, next);
            Listing<ParkedMessage> listing = answer.found();
            if (listing == null) {
                return new OfService(service, answer.words(), List.of(), null);
            }
            listing.items().stream().filter(filter::matches).forEach(found::add);
            next = listing.next();
            if (next == null) {
                break;
            }
        }
        return new OfService(service, null, grouped(found), next);
    }

    private static boolean goesOn(int page, boolean sifting, long until) {
        return page == 0 || (sifting && page < MOST_PAGES && System.nanoTime() - until < 0);
    }

    private static List<Group> grouped(List<ParkedMessage> messages) {
        Map<Kind, List<ParkedMessage>> kinds = new LinkedHashMap<>();
        messages.forEach(message -> kinds
                .computeIfAbsent(new Kind(message.subscription(), ReasonKind.of(message.reason())),
                        kind -> new ArrayList<>())
                .add(message));
        return kinds.entrySet().stream()
                .map(kind -> new Group(kind.getKey().subscription(), kind.getKey().reason(), kind.getValue()))
                .toList();
    }
}
