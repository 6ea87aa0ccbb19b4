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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
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
        var lags = new Lags(look, now, settings.hurts());
        List<NodeView> nodes = services.figures().stream().map(service -> node(service, lags, troubles)).toList();
        return new FlowView(Spoken.moment(now), calm(lags), troubles.stream().map(TroubleView::of).toList(), nodes);
    }

    private String calm(Lags lags) {
        if (!services.figures().stream().allMatch(ServiceFigures::isAsked)) {
            return "Not every service has been asked yet.";
        }
        return lags.unknown().map("Nothing is known to hurt, but %s."::formatted).orElse("Nothing hurts.");
    }

    private List<Trouble> troubles(ConsumerLag.Look look, Instant now) {
        List<Trouble> all = new ArrayList<>(LagTroubles.of(look, now, settings.hurts()));
        services.figures().forEach(service -> all.addAll(ServiceTroubles.of(service, settings.hurts())));
        all.addAll(SagaTroubles.of(services.of(Services.SAGA), services.stuck(), settings.hurts()));
        return all.stream().sorted(Trouble.WORST_FIRST).toList();
    }

    private NodeView node(ServiceFigures service, Lags lags, List<Trouble> troubles) {
        String name = service.name();
        Optional<Trouble> worst = troubles.stream().filter(trouble -> trouble.about().equals(name)).findFirst();
        Level level = worst.map(Trouble::level).orElse(Level.WELL);
        String link = worst.map(Trouble::link).filter(to -> !to.startsWith("#")).orElse(Nodes.link(name));
        List<Fact> groups = lags.ofService(name).stream().map(group -> fact(group, name, lags)).toList();
        return new NodeView(name, Nodes.place(name), link, level.word(), level.style(), Nodes.state(service),
                Nodes.facts(service, troubles), groups, Nodes.steps(service, services.stuck()),
                Hop.ALL.stream().filter(hop -> hop.beside().equals(name)).map(hop -> hop(hop, lags)).toList());
    }

    private static Fact fact(GroupLag group, String service, Lags lags) {
        String subscription = LagTroubles.subscription(group);
        Lags.Said said = lags.of(group);
        return Fact.of("%s-%s".formatted(service, subscription), "%s: %s".formatted(subscription, said.words()),
                Links.group(group.name()), said.level());
    }

    private HopView hop(Hop hop, Lags lags) {
        Lags.Said said = lags.of(hop);
        OptionalDouble rate = lags.areCurrent() ? topics.written(hop.topic()) : OptionalDouble.empty();
        return new HopView(hop.id(), hop.topic(), hop.from(), hop.to(), isBack(hop), Words.rate(rate), said.words(),
                quantiles(hop), Links.group(hop.group()), said.level().word(), said.level().style());
    }

    private String quantiles(Hop hop) {
        return hop.steps().isEmpty()
                ? quantiles("handled: ", hop.to(), Metric.HANDLED_SECONDS, hop.handling()::equals)
                : quantiles("answered: ", Services.SAGA, Metric.STEP_SECONDS, hop.steps()::contains);
    }

    private String quantiles(String what, String service, Metric metric, Predicate<String> of) {
        ServiceFigures figures = services.of(service);
        String quantiles = Words.quantiles(figures.quantile(0.5, metric, of), figures.quantile(0.99, metric, of));
        return quantiles.isEmpty() ? "" : what + quantiles;
    }

    private static boolean isBack(Hop hop) {
        boolean fromParticipant = Stream.of(Services.INVENTORY, Services.PAYMENT, Services.SHIPPING)
                .anyMatch(hop.from()::equals);
        return hop.to().equals(Services.ORDER) || (fromParticipant && hop.to().equals(Services.SAGA));
    }
}
