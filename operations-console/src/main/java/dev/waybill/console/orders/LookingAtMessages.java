package dev.waybill.console.orders;

import dev.waybill.console.services.Answer;
import dev.waybill.console.services.Answer.Answered;
import dev.waybill.console.services.Answer.Refused;
import dev.waybill.console.services.Answer.Silent;
import dev.waybill.console.services.Listing;
import dev.waybill.console.services.MessagesService;
import dev.waybill.console.services.MessagesService.Message;
import dev.waybill.console.services.SideBySide;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Asks every service, all of them at once, what it has said about an order, and puts it together: causes before their effects, by
 * logical time, so that the services' clocks do not matter.
 */
@Service
class LookingAtMessages {

    /** Of each service; an order has some dozens of messages in all. */
    private static final int MOST_PAGES = 3;
    private static final String CAUSE = "ce_causationid";

    private final SideBySide sideBySide;
    private final MessagesService messages;

    LookingAtMessages(SideBySide sideBySide, MessagesService messages) {
        this.sideBySide = sideBySide;
        this.messages = messages;
    }

    private record Said(String service, Message message) {}

    /** @param cut whether there is more */
    private record Read(List<Said> said, boolean cut, @Nullable String trouble) {}

    OrderMessages of(UUID order) {
        List<Supplier<Read>> asked = messages.names().stream().map(service -> sideBySide.ask(() -> all(service, order)))
                .toList();
        List<Read> read = asked.stream().map(Supplier::get).toList();
        List<Said> said = read.stream().flatMap(each -> each.said().stream())
                .sorted(Comparator.comparingLong((Said each) -> each.message().logicalTime())
                        .thenComparing(each -> each.message().writtenAt(),
                                Comparator.nullsFirst(Comparator.naturalOrder())))
                .toList();
        return new OrderMessages(order, lines(said),
                read.stream().map(Read::trouble).filter(Objects::nonNull).distinct().toList(),
                read.stream().anyMatch(Read::cut));
    }

    private Read all(String service, UUID order) {
        List<Said> said = new ArrayList<>();
        String cursor = null;
        for (int page = 0; page < MOST_PAGES; page++) {
            Answer<Listing<Message>> answer = messages.messages(service, order, cursor);
            switch (answer) {
                case Answered<Listing<Message>>(Listing<Message> found) -> {
                    found.items().forEach(message -> said.add(new Said(service, message)));
                    cursor = found.next();
                }
                case Refused<Listing<Message>> no -> {
                    return new Read(said, false, service + ": " + no.words());
                }
                case Silent<Listing<Message>> silent -> {
                    return new Read(said, false, silent.words());
                }
            }
            if (cursor == null) {
                return new Read(said, false, null);
            }
        }
        return new Read(said, true, null);
    }

    /** A command that was sent again stands there again, with the same id. */
    private static List<OrderMessages.Line> lines(List<Said> said) {
        Map<String, OrderMessages.Cause> causes = new HashMap<>();
        Map<UUID, Integer> times = new HashMap<>();
        List<OrderMessages.Line> lines = new ArrayList<>();
        for (Said each : said) {
            Message message = each.message();
            int time = times.merge(message.id(), 1, Integer::sum);
            String place = "message-" + message.id() + (time == 1 ? "" : "-" + time);
            String cause = message.headers().get(CAUSE);
            var line = new OrderMessages.Line(place, each.service(), message, time > 1,
                    cause == null ? null : causes.get(cause));
            causes.putIfAbsent(message.id().toString(), new OrderMessages.Cause(line.name(), place));
            lines.add(line);
        }
        return lines;
    }
}
