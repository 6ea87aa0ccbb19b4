package dev.waybill.console.flow;

import dev.waybill.console.Spoken;
import dev.waybill.console.flow.FlowView.Fact;
import dev.waybill.console.services.SagaService.Standing;
import dev.waybill.console.services.Services;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;

/** What stands in the node of a service. A figure that is not known is left out, or is a dash. */
final class Nodes {

    /** As an order meets them, then a cancellation, then a return. Those of newer definitions follow. */
    private static final List<String> STEPS = List.of("reserve stock", "authorize payment", "book shipment",
            "capture payment", "complete", "end order", "reject order", "cancel shipment", "refund and restock",
            "cancel order", "reinstate order", "refund payment", "restock", "complete return", "refuse return");

    private Nodes() {}

    static String place(String service) {
        return "at-" + service;
    }

    /** Where a service that is well is looked at more closely. */
    static String link(String service) {
        return switch (service) {
            case Services.ORDER -> Links.ORDERS;
            case Services.SAGA -> Links.SAGAS;
            case Services.INVENTORY -> Links.group(service + ".stock");
            default -> Links.waits(service);
        };
    }

    static String state(ServiceFigures service) {
        ServiceFigures.Silence silence = service.silence();
        if (silence != null) {
            return "%s, since %s UTC".formatted(silence.why(), Spoken.moment(silence.since()));
        }
        return service.isKnown() ? "answers" : "has not been asked yet";
    }

    static List<Fact> facts(ServiceFigures service, List<Trouble> troubles) {
        if (!service.isKnown()) {
            return List.of();
        }
        List<Fact> facts = new ArrayList<>();
        var of = new Of(service, troubles, facts);
        switch (service.name()) {
            case Services.ORDER -> of.placing();
            case Services.SAGA -> of.sagas();
            default -> {
            }
        }
        of.outside();
        of.outbox();
        of.parked();
        return facts;
    }

    private record Of(ServiceFigures service, List<Trouble> troubles, List<Fact> facts) {

        void placing() {
            add("placing", "orders placed %s%s".formatted(Words.rate(service.rate(Metric.PLACING)),
                    before(", ", Words.quantiles(quantile(0.5, Metric.PLACING_SECONDS),
                            quantile(0.99, Metric.PLACING_SECONDS)))),
                    Links.ORDERS, Ailment.ORDERS_REFUSED);
            add("backlog", "not settled: " + Words.number(service.gauge(Metric.ORDER_BACKLOG)),
                    Links.ORDERS + "?status=PENDING", Ailment.ORDERS_PILE_UP);
        }

        void sagas() {
            add("pace", "started %s, ended %s".formatted(Words.rate(service.rate(Metric.SAGA_STARTED)),
                    Words.rate(service.rate(Metric.SAGA_FINISHED))), Links.SAGAS, Ailment.SAGAS_STAND_STILL);
            String took = Words.quantiles(quantile(0.5, Metric.SAGA_SECONDS), quantile(0.99, Metric.SAGA_SECONDS));
            if (!took.isEmpty()) {
                add("took", "from start to end " + took, Links.SAGAS);
            }
            add("stuck", "stuck: " + Words.number(service.gauge(Metric.SAGA_STUCK)), Links.stuck(),
                    Ailment.SAGAS_STUCK);
            add("overdue", "overdue: " + Words.number(service.gauge(Metric.SAGA_OVERDUE)), Links.older("PT5M"),
                    Ailment.OVERDUE);
        }

        void outside() {
            if (service.gauge(Metric.OUTSIDE_OPEN).isEmpty()) {
                return;
            }
            add("outside", "calls outside %s%s".formatted(Words.rate(service.rate(Metric.OUTSIDE_CALLS)),
                    before(", ", Words.quantiles(quantile(0.5, Metric.OUTSIDE_SECONDS),
                            quantile(0.99, Metric.OUTSIDE_SECONDS)))),
                    Links.waits(service.name()));
            double open = service.gauge(Metric.OUTSIDE_OPEN).orElse(0);
            add("open", "without an answer: " + Words.number(open) + (open == 0
                    ? ""
                    : ", the oldest %s old".formatted(
                            Words.duration(service.gauge(Metric.OUTSIDE_OLDEST).orElse(0)))),
                    Links.waits(service.name()), Ailment.NO_ANSWER_FROM_OUTSIDE, Ailment.MAILS);
            Breaker.of(service).forEach(breaker -> add("breaker-" + breaker.other(),
                    "breaker to the %s: %s".formatted(breaker.other(), breaker.state().words()),
                    Links.waits(service.name()), Ailment.BREAKER));
        }

        void outbox() {
            OptionalDouble backlog = service.gauge(Metric.OUTBOX_BACKLOG);
            add("outbox", "not published: " + Words.number(backlog) + (backlog.orElse(0) == 0
                    ? ""
                    : ", the oldest %s old".formatted(
                            Words.duration(service.gauge(Metric.OUTBOX_OLDEST).orElse(0)))),
                    null, Ailment.NOT_PUBLISHED, Ailment.OUTBOX_LONG, Ailment.HELD_UP,
                    Ailment.NOBODY_PUBLISHES);
        }

        void parked() {
            double parked = service.gauges(Metric.PARKED).values().stream().mapToDouble(Double::doubleValue).sum();
            add("parked", "parked: " + Words.number(parked), Links.parked(service.name()), Ailment.PARKED,
                    Ailment.PAUSED);
        }

        private OptionalDouble quantile(double q, Metric metric) {
            return service.quantile(q, metric, of -> true);
        }

        /** @param ailments by which it hurts */
        private void add(String what, String text, @Nullable String link, Ailment... ailments) {
            Level level = troubles.stream()
                    .filter(trouble -> trouble.about().equals(service.name())
                            && List.of(ailments).contains(trouble.ailment()))
                    .map(Trouble::level).max(Comparator.naturalOrder()).orElse(Level.WELL);
            facts.add(Fact.of("%s-%s".formatted(service.name(), what), text, link, level));
        }

        private static String before(String prefix, String text) {
            return text.isEmpty() ? "" : prefix + text;
        }
    }

    /** Where sagas stand, or have stood in the last minutes. */
    static List<Fact> steps(ServiceFigures service, List<Standing> stuck) {
        Map<String, Double> active = service.gauges(Metric.SAGA_ACTIVE);
        Set<String> names = new TreeSet<>(
                Comparator.comparingInt(Nodes::rank).thenComparing(Comparator.naturalOrder()));
        names.addAll(active.keySet());
        List<Fact> steps = new ArrayList<>();
        for (String step : names) {
            double here = active.getOrDefault(step, 0.0);
            String took = Words.quantiles(service.quantile(0.5, Metric.STEP_SECONDS, step::equals),
                    service.quantile(0.99, Metric.STEP_SECONDS, step::equals));
            long waiting = stuck.stream().filter(each -> step.equals(each.step())).mapToLong(Standing::sagas).sum();
            if (here > 0 || !took.isEmpty()) {
                steps.add(Fact.of("step-" + step.replace(' ', '-'), "%s: %s%s%s".formatted(step, Words.number(here),
                        waiting == 0 ? "" : ", of them %d stuck".formatted(waiting), Of.before(", ", took)),
                        waiting == 0 ? Links.at(step) : Links.stuckAt(step),
                        waiting == 0 ? Level.WELL : Ailment.SAGAS_STUCK.level()));
            }
        }
        return steps;
    }

    private static int rank(String step) {
        int at = STEPS.indexOf(step);
        return at < 0 ? STEPS.size() : at;
    }
}
