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
import java.util.stream.Collectors;

/** Who reads from the broker, and how far behind. */
@Controller
class ConsumersController {

    private static final Logger LOG = LoggerFactory.getLogger(ConsumersController.class);

    private final ConsumerLag lag;
    private final LagHistory history;
    private final PartitionHistory partitions;
    private final Clock clock;

    ConsumersController(ConsumerLag lag, LagHistory history, PartitionHistory partitions, Clock clock) {
        this.lag = lag;
        this.history = history;
        this.partitions = partitions;
        this.clock = clock;
    }

    /** Asked for by htmx it is only the table. */
    @GetMapping("/consumers")
    String consumers(@RequestHeader(name = "HX-Request", defaultValue = "false") boolean part, Model model) {
        ConsumerLag.Look look = lag.latest();
        Instant now = clock.instant();
        model.addAttribute("groups", groups(look, now));
        model.addAttribute("looked", look.at().equals(Instant.EPOCH) ? null : Duration.between(look.at(), now));
        model.addAttribute("current", look.isCurrent(now));
        return part ? "consumers :: groups" : "consumers";
    }

    /** @param silent how many times as long the broker has not answered as a look is taken for what is so now: the page says for how long */
    record Shown(List<ConsumerView> groups, boolean current, long silent) {}

    Shown shown() {
        ConsumerLag.Look look = lag.latest();
        Instant now = clock.instant();
        return new Shown(groups(look, now), look.isCurrent(now),
                Duration.between(look.at(), now).dividedBy(ConsumerLag.CURRENT));
    }

    private List<ConsumerView> groups(ConsumerLag.Look look, Instant now) {
        Map<String, List<LagHistory.Sample>> samples = samples(now);
        return look.groups().stream()
                .map(group -> ConsumerView.of(group, line(samples.getOrDefault(group.name(), List.of()), now),
                        partition -> partitions.line(group.name(), partition, now)))
                .sorted(Comparator.comparingInt(ConsumerView::rank).thenComparing(ConsumerView::name)).toList();
    }

    private static Line line(List<LagHistory.Sample> samples, Instant now) {
        return Line.of(samples.stream().collect(Collectors.toMap(sample -> Line.part(sample.at()),
                LagHistory.Sample::lag, Long::max)), now);
    }

    /** None where the database is away: what is known now is shown without its history. */
    private Map<String, List<LagHistory.Sample>> samples(Instant now) {
        try {
            return history.all(Line.beginning(now), now, Line.PART);
        } catch (DataAccessException e) {
            LOG.warn("The history of consumers cannot be read: {}", e.getMessage());
            return Map.of();
        }
    }
}
