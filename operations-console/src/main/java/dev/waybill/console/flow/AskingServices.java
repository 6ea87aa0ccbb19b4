package dev.waybill.console.flow;

import dev.waybill.console.lag.ConsumerLag;
import dev.waybill.console.services.Answer;
import dev.waybill.console.services.Answer.Answered;
import dev.waybill.console.services.Answer.Refused;
import dev.waybill.console.services.Answer.Silent;
import dev.waybill.console.services.Listing;
import dev.waybill.console.services.SagaService;
import dev.waybill.console.services.SagaService.Standing;
import dev.waybill.console.services.Services;
import dev.waybill.console.services.SideBySide;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Asks every service for its metrics at a steady rate, whoever looks at them: all at the same time, each for as long as a page waits for one.
 * One that is away or slow holds up no other, and is not asked again before it has answered or its time is over.
 */
@Component
class AskingServices {

    private static final Logger LOG = LoggerFactory.getLogger(AskingServices.class);
    private static final String METRICS = "/actuator/prometheus";
    /** The parameter by which only some are asked for: what is not wanted need not be counted in a database. */
    private static final Map<String, String> WANTED = Map.of("includedNames", Metric.names());
    private static final SagaService.Wanted STUCK = new SagaService.Wanted("STUCK", "", "", "", null);
    private static final Listing<Standing> NONE = new Listing<>(List.of(), null);

    private final Services services;
    private final SagaService sagas;
    private final SideBySide sideBySide;
    private final ConsumerLag lag;
    private final TopicRates topics;
    private final Clock clock;
    private final Map<String, Asked> asked = new LinkedHashMap<>();
    private volatile Listing<Standing> stuck = NONE;

    AskingServices(Services services, SagaService sagas, SideBySide sideBySide, ConsumerLag lag, TopicRates topics,
            Clock clock) {
        this.services = services;
        this.sagas = sagas;
        this.sideBySide = sideBySide;
        this.lag = lag;
        this.topics = topics;
        this.clock = clock;
        services.names().forEach(name -> asked.put(name, new Asked(new ServiceFigures(name), new AtomicBoolean())));
    }

    private record Asked(ServiceFigures figures, AtomicBoolean underWay) {}

    /** At a rate and not with a delay: a look must not wait for anything else that is done regularly. */
    @Scheduled(fixedRateString = "${waybill.console.flow.every:5s}")
    void look() {
        topics.see(lag.latest());
        List<Supplier<Boolean>> answers = asked.values().stream()
                .map(each -> sideBySide.ask(() -> look(each))).toList();
        long looked = answers.stream().filter(Supplier::get).count();
        LOG.debug("{} of {} services have been looked at", looked, answers.size());
    }

    /** In the order in which an order meets them. */
    Collection<ServiceFigures> figures() {
        return asked.values().stream().map(Asked::figures).toList();
    }

    ServiceFigures of(String service) {
        return Objects.requireNonNull(asked.get(service)).figures();
    }

    /** How many are stuck at which step. */
    List<Standing> stuck() {
        return stuck.items();
    }

    private boolean look(Asked each) {
        if (!each.underWay().compareAndSet(false, true)) {
            return false;
        }
        try {
            ask(each.figures());
            return true;
        } catch (RuntimeException e) {
            LOG.warn("{} could not be looked at; it is asked again", each.figures().name(), e);
            each.figures().silent(clock.instant(), "could not be asked");
            return false;
        } finally {
            each.underWay().set(false);
        }
    }

    private void ask(ServiceFigures figures) {
        Answer<Reading> answer = services.of(figures.name()).get(MediaType.TEXT_PLAIN, METRICS, WANTED, Reading::of);
        Instant now = clock.instant();
        switch (answer) {
            case Answered<Reading>(Reading reading) -> figures.told(now, reading);
            case Silent<Reading> silent -> figures.silent(now, silent.why());
            case Refused<Reading> refused -> figures.silent(now, "does not say how it is: " + refused.words());
        }
        if (figures.name().equals(Services.SAGA)) {
            stuck = figures.gauge(Metric.SAGA_STUCK).orElse(0) > 0
                    ? Objects.requireNonNullElse(sagas.counts(STUCK).found(), NONE)
                    : NONE;
        }
    }
}
