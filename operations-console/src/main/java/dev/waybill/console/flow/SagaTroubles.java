package dev.waybill.console.flow;

import dev.waybill.console.flow.FlowSettings.Thresholds;
import dev.waybill.console.services.SagaService.Standing;
import dev.waybill.console.services.Services;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;

/** Which sagas hurt: those that wait for a person, by the step at which they stand, and those that do not come further. */
final class SagaTroubles {

    private static final Duration STAND_STILL = Duration.ofMinutes(10);

    private SagaTroubles() {}

    /** @param stuck how many are at which step; empty where that could not be read */
    static List<Trouble> of(ServiceFigures orchestrator, List<Standing> stuck, Thresholds hurts) {
        List<Trouble> found = new ArrayList<>();
        double howMany = orchestrator.gauge(Metric.SAGA_STUCK).orElse(0);
        if (howMany > 0) {
            found.addAll(stuck(howMany, stuck));
        }
        double overdue = orchestrator.gauge(Metric.SAGA_OVERDUE).orElse(0);
        if (overdue > 0) {
            found.add(trouble(Ailment.OVERDUE, overdue,
                    "%s asked again and again for ten minutes and more, and not come further"
                            .formatted(sagas(overdue, "has", "have")),
                    Links.older("PT5M")));
        }
        OptionalDouble started = orchestrator.grown(Metric.SAGA_STARTED, "", STAND_STILL);
        OptionalDouble finished = orchestrator.grown(Metric.SAGA_FINISHED, "", STAND_STILL);
        if (started.orElse(0) > hurts.standStill() && finished.orElse(1) < 1) {
            found.add(trouble(Ailment.SAGAS_STAND_STILL, started.getAsDouble(),
                    "No order comes to an end: %s started within ten minutes, and none has ended"
                            .formatted(sagas(started.getAsDouble(), "was", "were")),
                    Links.older("PT5M")));
        }
        return found;
    }

    private static List<Trouble> stuck(double howMany, List<Standing> stuck) {
        if (stuck.isEmpty()) {
            return List.of(trouble(Ailment.SAGAS_STUCK, howMany, sagas(howMany, "is", "are") + " stuck",
                    Links.stuck()));
        }
        return stuck.stream().map(each -> {
            double many = (double) each.sagas();
            String step = Objects.requireNonNullElse(each.step(), "");
            return trouble(Ailment.SAGAS_STUCK, many,
                    "%s stuck at %s".formatted(sagas(many, "is", "are"), step), Links.stuckAt(step));
        }).toList();
    }

    private static String sagas(double number, String one, String several) {
        return Words.count(number, "saga") + " " + (Math.round(number) == 1 ? one : several);
    }

    private static Trouble trouble(Ailment ailment, double size, String words, String link) {
        return new Trouble(ailment, Services.SAGA, size, words, link);
    }
}
