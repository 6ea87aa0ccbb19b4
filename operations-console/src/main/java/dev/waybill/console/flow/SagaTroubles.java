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
    /** As the alert waits whether it passes: after a quiet spell the first orders have had no time to end. */
    static final Duration STANDING = Duration.ofMinutes(2);

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
        if (standStill(orchestrator, hurts)) {
            double started = orchestrator.grown(Metric.SAGA_STARTED, "", STAND_STILL).orElse(0);
            found.add(trouble(Ailment.SAGAS_STAND_STILL, started,
                    "No order comes to an end: %s started within ten minutes, and none has ended"
                            .formatted(sagas(started, "was", "were")),
                    Links.older("PT5M")));
        }
        return found;
    }

    /** As it was at each quarter of the last two minutes, too: what was not so at one of them has not been so for long enough. */
    static boolean standStill(ServiceFigures orchestrator, Thresholds hurts) {
        for (Duration ago = Duration.ZERO; ago.compareTo(STANDING) <= 0; ago = ago.plus(Increases.SLOT)) {
            OptionalDouble started = orchestrator.grown(Metric.SAGA_STARTED, "", STAND_STILL, ago);
            OptionalDouble finished = orchestrator.grown(Metric.SAGA_FINISHED, "", STAND_STILL, ago);
            if (started.orElse(0) <= hurts.standStill() || finished.orElse(1) >= 1) {
                return false;
            }
        }
        return true;
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
