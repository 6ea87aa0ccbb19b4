package dev.waybill.console.parked;

import dev.waybill.console.bulk.BulkItem;
import dev.waybill.console.bulk.BulkOrder;
import dev.waybill.console.bulk.Draft;
import dev.waybill.console.bulk.Draft.LeftOut;
import dev.waybill.console.bulk.Freezing;
import dev.waybill.console.bulk.Sifting;
import dev.waybill.console.parked.ParkedMessagesApi.Wanted;
import dev.waybill.console.services.Answer;
import dev.waybill.console.services.Listing;
import dev.waybill.console.services.SideBySide;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Makes a frozen selection of what a filter finds at this moment. In it is what stands first under its key, the oldest first in each
 * service; what waits behind one of those is counted. Services are asked side by side. One is in it with all that it has, or is left out
 * and it is said why: it is away, or has more than is read.
 */
@Service
class ParkedSelecting {

    /** Of those that wait behind others no more are counted in a service. */
    private static final int MOST_COUNTED = 5_000;

    private final ParkedMessagesApi api;
    private final SideBySide sideBySide;
    private final Freezing freezing;

    ParkedSelecting(ParkedMessagesApi api, SideBySide sideBySide, Freezing freezing) {
        this.api = api;
        this.sideBySide = sideBySide;
        this.freezing = freezing;
    }

    /** What one service has of what is looked for, the newest first; of each no more than a selection keeps. */
    private record Found(String service, List<BulkItem> items, @Nullable String trouble) {}

    /** @return the selection's id */
    UUID freeze(String act, ParkedFilter filter, BulkOrder order) {
        Sifting sifting = freezing.sifting();
        List<Supplier<Found>> asked = api.services().stream().filter(filter::asks)
                .map(service -> sideBySide.ask(() -> first(service, filter, sifting))).toList();
        List<BulkItem> items = new ArrayList<>();
        List<LeftOut> leftOut = new ArrayList<>();
        List<Found> chosen = asked.stream().map(Supplier::get)
                .map(found -> asManyAsFit(found, items, leftOut)).filter(found -> !found.items().isEmpty()).toList();
        List<Supplier<Optional<LeftOut>>> behind = chosen.stream()
                .map(found -> sideBySide.ask(() -> behind(act, found, filter, sifting))).toList();
        behind.forEach(counted -> counted.get().ifPresent(leftOut::add));
        return freezing.freeze(new Draft(act, filter.words(), order, items, leftOut));
    }

    /** Those that the services before it have left room for. */
    private Found asManyAsFit(Found found, List<BulkItem> items, List<LeftOut> leftOut) {
        if (found.trouble() != null) {
            leftOut.add(new LeftOut(found.service(), found.trouble(), 0));
            return new Found(found.service(), List.of(), null);
        }
        int room = freezing.most() - items.size();
        List<BulkItem> fit = found.items().subList(0, Math.min(room, found.items().size()));
        if (fit.size() < found.items().size()) {
            leftOut.add(new LeftOut(found.service(),
                    "The selection is full with %d: what is older here is left out; narrow what is looked for"
                            .formatted(freezing.most()),
                    0));
        }
        items.addAll(fit.reversed());
        return new Found(found.service(), fit, null);
    }

    /** Up to one more than a selection takes. */
    private Found first(String service, ParkedFilter filter, Sifting sifting) {
        List<BulkItem> found = new ArrayList<>();
        var wanted = new Wanted(filter.subscription(), filter.key(), "PARKED");
        String trouble = sifting.<ParkedMessage>read(cursor -> page(service, wanted, cursor), message -> {
            if (filter.matches(message)) {
                found.add(new BulkItem(service, message.id().toString(), message.subscription() + " " + message.key(),
                        message.version(), message.typeOrDash() + " " + message.key()));
            }
            return found.size() <= freezing.most();
        });
        return new Found(service, found, trouble);
    }

    private Optional<LeftOut> behind(String act, Found chosen, ParkedFilter filter, Sifting sifting) {
        Set<String> first = chosen.items().stream().map(BulkItem::target).collect(Collectors.toSet());
        var wanted = new Wanted(filter.subscription(), filter.key(), "WAITING_BEHIND");
        var many = new AtomicInteger();
        String trouble = sifting.<ParkedMessage>read(cursor -> page(chosen.service(), wanted, cursor),
                message -> !first.contains(String.valueOf(message.waitsBehind()))
                        || many.incrementAndGet() < MOST_COUNTED);
        if (trouble != null) {
            return Optional.of(new LeftOut(chosen.service(),
                    "What waits behind those of the selection is not counted: " + trouble, 0));
        }
        return many.get() == 0
                ? Optional.empty()
                : Optional.of(new LeftOut(chosen.service(),
                        whyBehind(act) + (many.get() < MOST_COUNTED ? "" : " (there are more than were counted)"),
                        many.get()));
    }

    private Answer<Listing<ParkedMessage>> page(
            String service, Wanted wanted, @Nullable String cursor) {
        return api.list(service, wanted, ParkedMessagesApi.LARGEST_PAGE, cursor);
    }

    private static String whyBehind(String act) {
        return act.equals(DiscardParked.NAME)
                ? "They wait behind one of the selection: they are not discarded but handled when that is gone, in their order"
                : "They wait behind one of the selection: they are handled after it, in their order";
    }
}
