package dev.waybill.console.lag;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Who reads from the broker, and how far behind. */
@Controller
class ConsumersController {

    /** As far back as the small picture beside each group goes, and of so many parts. */
    private static final Duration PICTURE = Duration.ofMinutes(30);
    private static final int PARTS = 60;
    private static final Duration SHOWN_AS_SILENT = Duration.ofSeconds(15);

    private static final Logger LOG = LoggerFactory.getLogger(ConsumersController.class);

    private final ConsumerLag lag;
    private final LagHistory history;
    private final Clock clock;

    ConsumersController(ConsumerLag lag, LagHistory history, Clock clock) {
        this.lag = lag;
        this.history = history;
        this.clock = clock;
    }

    /** Asked for by htmx it is only the table. */
    @GetMapping("/consumers")
    String consumers(@RequestHeader(name = "HX-Request", defaultValue = "false") boolean part, Model model) {
        ConsumerLag.Look look = lag.latest();
        Instant now = clock.instant();
        model.addAttribute("groups", groups(look, now));
        model.addAttribute("looked", look.at().equals(Instant.EPOCH) ? null : Duration.between(look.at(), now));
        return part ? "consumers :: groups" : "consumers";
    }

    /** @param silent for how many quarters of a minute the broker has not answered, which the page says from two of them on */
    record Shown(List<ConsumerView> groups, long silent) {}

    Shown shown() {
        ConsumerLag.Look look = lag.latest();
        Instant now = clock.instant();
        return new Shown(groups(look, now), Duration.between(look.at(), now).dividedBy(SHOWN_AS_SILENT));
    }

    private List<ConsumerView> groups(ConsumerLag.Look look, Instant now) {
        Map<String, List<LagHistory.Sample>> samples = samples(now);
        return look.groups().stream()
                .map(group -> ConsumerView.of(group, samples.getOrDefault(group.name(), List.of())))
                .sorted(Comparator.comparingInt(ConsumerView::rank).thenComparing(ConsumerView::name)).toList();
    }

    /** None where the database is away: what is known now is shown without its history. */
    private Map<String, List<LagHistory.Sample>> samples(Instant now) {
        try {
            return history.all(now.minus(PICTURE), now, PARTS);
        } catch (DataAccessException e) {
            LOG.warn("The history of consumers cannot be read: {}", e.getMessage());
            return Map.of();
        }
    }
}
