package dev.waybill.console.parked;

import dev.waybill.console.PrettyJson;
import dev.waybill.console.journal.About;
import dev.waybill.console.services.Answer;
import dev.waybill.console.services.Listing;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Puts together what the page of one message shows. */
@Component
class MessageViews {

    private static final String SAGA = "ce_sagaid";

    private final ParkedMessagesApi api;

    MessageViews(ParkedMessagesApi api) {
        this.api = api;
    }

    /**
     * A message with what is around it.
     *
     * @param edits         how it differs from what arrived; empty where it was not edited
     * @param behind        what waits behind it, in the order in which it will be handled
     * @param moreBehind    whether there is more of that
     * @param behindTrouble why that is not known
     * @param orderPage     of the order that its key names
     * @param sagaPage      of the saga that it belongs to
     */
    record View(ParkedMessage it, List<LineDiff.Line> edits, List<ParkedMessage> behind, boolean moreBehind,
            @Nullable String behindTrouble, @Nullable String orderPage, @Nullable String sagaPage,
            List<ParkedMessage.Act> journal) {}

    View of(String service, ParkedMessage message) {
        Answer<Listing<ParkedMessage>> behind = api.list(service,
                new ParkedMessagesApi.Wanted(message.subscription(), message.key(), "WAITING_BEHIND"),
                ParkedMessagesApi.LARGEST_PAGE, null);
        Listing<ParkedMessage> waiting = Objects.requireNonNullElse(behind.found(), new Listing<>(List.of(), null));
        return new View(message, editsOf(message),
                waiting.items().reversed().stream().filter(other -> !other.id().equals(message.id())).toList(),
                waiting.next() != null, behind.trouble(),
                Optional.ofNullable(message.order()).map(About::order).map(About::page).orElse(null),
                ParkedMessage.uuid(message.header(SAGA)).map(About::saga).map(About::page).orElse(null),
                message.acts());
    }

    private static List<LineDiff.Line> editsOf(ParkedMessage message) {
        ParkedMessage.Original original = message.original();
        return original == null
                ? List.of()
                : LineDiff.between(PrettyJson.of(original.payload()), message.pretty());
    }
}
