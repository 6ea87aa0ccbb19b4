package dev.waybill.console.parked;

import dev.waybill.console.bulk.BulkItem;
import dev.waybill.console.bulk.BulkOrder;
import dev.waybill.console.bulk.Draft;
import dev.waybill.console.bulk.Draft.LeftOut;
import dev.waybill.console.bulk.Freezing;
import dev.waybill.console.services.Answer;
import dev.waybill.console.services.Listing;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Makes a frozen selection of what a filter finds at this moment. In it is what stands first under its key, the oldest first in each
 * service; what waits behind one of those is counted. A service is in it with all that it has, or is left out and said.
 */
@Service
class ParkedSelecting {

    /** Of those that wait behind others no more are counted in a service. */
    private static final int MOST_COUNTED = 5_000;

    private final ParkedMessagesApi api;
    private final Freezing freezing;

    ParkedSelecting(ParkedMessagesApi api, Freezing freezing) {
        this.api = api;
        this.freezing = freezing;
    }

    /** What one service has of what is looked for, as far as it was read. */
    private record Found(List<ParkedMessage> messages, boolean more, @Nullable String trouble) {}

    /** @return the selection's id */
    UUID freeze(String act, ParkedFilter filter, BulkOrder order) {
        List<BulkItem> items = new ArrayList<>();
        List<LeftOut> leftOut = new ArrayList<>();
        api.services().stream().filter(filter::asks)
                .forEach(service -> select(service, act, filter, items, leftOut));
        return freezing.freeze(new Draft(act, filter.words(), order, items, leftOut));
    }

    private void select(String service, String act, ParkedFilter filter, List<BulkItem> items,
            List<LeftOut> leftOut) {
        Found first = read(service, filter, "PARKED", freezing.most() - items.size(), filter::matches);
        if (first.trouble() != null) {
            leftOut.add(new LeftOut(service, first.trouble(), 0));
            return;
        }
        if (first.more()) {
            leftOut.add(new LeftOut(service,
                    "The selection is full with %d: what is older here is left out".formatted(freezing.most()), 0));
        }
        first.messages().reversed().forEach(message -> items.add(new BulkItem(service, message.id().toString(),
                message.subscription() + " " + message.key(), message.version(),
                message.typeOrDash() + " " + message.key())));
        Set<UUID> chosen = first.messages().stream().map(ParkedMessage::id).collect(Collectors.toSet());
        Found behind = chosen.isEmpty()
                ? new Found(List.of(), false, null)
                : read(service, filter, "WAITING_BEHIND", MOST_COUNTED,
                        message -> chosen.contains(message.waitsBehind()));
        if (!behind.messages().isEmpty()) {
            leftOut.add(new LeftOut(service, whyBehind(act, behind.more()), behind.messages().size()));
        }
    }

    private static String whyBehind(String act, boolean more) {
        String why = act.equals(DiscardParked.NAME)
                ? "They wait behind one of the selection: they are not discarded but handled when that is gone, in their order"
                : "They wait behind one of the selection: they are handled after it, in their order";
        return more ? why + " (there are more than were counted)" : why;
    }

    private Found read(
            String service, ParkedFilter filter, String state, int most, Predicate<ParkedMessage> matching) {
        List<ParkedMessage> found = new ArrayList<>();
        var wanted = new ParkedMessagesApi.Wanted(filter.subscription(), filter.key(), state);
        String cursor = null;
        do {
            Answer<Listing<ParkedMessage>> answer = api.list(service, wanted, ParkedMessagesApi.LARGEST_PAGE, cursor);
            Listing<ParkedMessage> page = answer.found();
            if (page == null) {
                return new Found(List.of(), false, answer.words());
            }
            page.items().stream().filter(matching).forEach(found::add);
            cursor = page.next();
        } while (cursor != null && found.size() <= most);
        return found.size() > most
                ? new Found(List.copyOf(found.subList(0, most)), true, null)
                : new Found(found, false, null);
    }
}
