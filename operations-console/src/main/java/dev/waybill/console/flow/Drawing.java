package dev.waybill.console.flow;

import dev.waybill.console.Spoken;
import dev.waybill.console.flow.FlowView.Fact;
import dev.waybill.console.flow.FlowView.HopView;
import dev.waybill.console.flow.FlowView.NodeView;
import dev.waybill.console.flow.FlowView.TroubleView;
import dev.waybill.console.lag.ConsumerLag;
import dev.waybill.console.lag.GroupLag;
import dev.waybill.console.services.Services;
import org.springframework.stereotype.Component;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** Draws the map by what the services have told and what the broker has. Nobody is asked for it: a page is there at once. */
@Component
class Drawing {

    private final AskingServices services;
    private final ConsumerLag lag;
    private final TopicRates topics;
    private final FlowSettings settings;
    private final Clock clock;

    Drawing(AskingServices services, ConsumerLag lag, TopicRates topics, FlowSettings settings, Clock clock) {
        this.services = services;
        this.lag = lag;
        this.topics = topics;
        this.settings = settings;
        this.clock = clock;
    }

    FlowView now() {
        Instant now = clock.instant();
        ConsumerLag.Look look = lag.latest();
        List<Trouble> troubles = troubles(look, now);
        List<NodeView> nodes = services.figures().stream().map(service -> node(service, look, troubles)).toList();
        boolean complete = services.figures().stream().allMatch(ServiceFigures::isAsked);
        return new FlowView(Spoken.moment(now), complete, troubles.stream().map(TroubleView::of).toList(), nodes);
    }

    private List<Trouble> troubles(ConsumerLag.Look look, Instant now) {
        List<Trouble> all = new ArrayList<>(LagTroubles.of(look, now, settings.hurts()));
        services.figures().forEach(service -> all.addAll(ServiceTroubles.of(service, settings.hurts())));
        all.addAll(SagaTroubles.of(services.of(Services.SAGA), services.stuck(), settings.hurts()));
        return all.stream().sorted(Trouble.WORST_FIRST).toList();
    }

    private NodeView node(ServiceFigures service, ConsumerLag.Look look, List<Trouble> troubles) {
        String name = service.name();
        Optional<Trouble> worst = troubles.stream().filter(trouble -> trouble.about().equals(name)).findFirst();
        Level level = worst.map(Trouble::level).orElse(Level.WELL);
        String link = worst.map(Trouble::link).filter(to -> !to.startsWith("#")).orElse(Nodes.link(name));
        List<Fact> groups = look.groups().stream().filter(group -> LagTroubles.service(group).equals(name))
                .map(group -> group(group, name)).toList();
        return new NodeView(name, Nodes.place(name), link, level.word(), level.style(), Nodes.state(service),
                Nodes.facts(service, troubles), groups, Nodes.steps(service, services.stuck()),
                Hop.ALL.stream().filter(hop -> hop.beside().equals(name)).map(hop -> hop(hop, look)).toList());
    }

    private Fact group(GroupLag group, String service) {
        Level level = group.expected() && group.isDead()
                ? Ailment.NOBODY_READS.level()
                : level(group.behind());
        String text = "%s: %s".formatted(LagTroubles.subscription(group), group.isDead() && group.expected()
                ? "nobody reads, " + behind(group.lag(), group.behind())
                : behind(group.lag(), group.behind()));
        return Fact.of("%s-%s".formatted(service, LagTroubles.subscription(group)), text, Links.group(group.name()),
                level);
    }

    private HopView hop(Hop hop, ConsumerLag.Look look) {
        Optional<GroupLag> group = look.groups().stream().filter(each -> each.name().equals(hop.group())).findFirst();
        List<GroupLag.Partition> partitions = group.stream().flatMap(each -> each.partitions().stream())
                .filter(partition -> partition.topicPartition().topic().equals(hop.topic())).toList();
        long messages = partitions.stream().mapToLong(GroupLag.Partition::lag).sum();
        Duration oldest = partitions.stream().map(GroupLag.Partition::behind).max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        boolean nobodyReads = group.filter(each -> each.expected() && each.isDead()).isPresent();
        Level level = nobodyReads ? Ailment.NOBODY_READS.level() : level(oldest);
        String behind = partitions.isEmpty() ? "lag not known" : behind(messages, oldest);
        return new HopView(hop.id(), hop.topic(), hop.from(), hop.to(), isBack(hop), Words.rate(rate(hop)),
                nobodyReads ? "nobody reads, " + behind : behind, quantiles(hop), Links.group(hop.group()),
                level.word(), level.style());
    }

    private OptionalDouble rate(Hop hop) {
        return topics.written(hop.topic());
    }

    private String quantiles(Hop hop) {
        ServiceFigures sagas = services.of(Services.SAGA);
        return hop.steps().isEmpty()
                ? ""
                : Words.quantiles(sagas.quantile(0.5, Metric.STEP_SECONDS, hop.steps()::contains),
                        sagas.quantile(0.99, Metric.STEP_SECONDS, hop.steps()::contains));
    }

    private static boolean isBack(Hop hop) {
        boolean fromParticipant = Stream.of(Services.INVENTORY, Services.PAYMENT, Services.SHIPPING)
                .anyMatch(hop.from()::equals);
        return hop.to().equals(Services.ORDER) || (fromParticipant && hop.to().equals(Services.SAGA));
    }

    private Level level(Duration behind) {
        return LagTroubles.ailment(behind, settings.hurts()).map(Ailment::level).orElse(Level.WELL);
    }

    private static String behind(long messages, Duration oldest) {
        return messages == 0
                ? "0 behind"
                : "%s behind, the oldest %s old".formatted(Words.number((double) messages), Words.duration(oldest));
    }
}
