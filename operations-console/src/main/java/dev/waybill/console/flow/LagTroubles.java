package dev.waybill.console.flow;

import dev.waybill.console.flow.FlowSettings.Thresholds;
import dev.waybill.console.lag.ConsumerLag;
import dev.waybill.console.lag.GroupLag;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Who is behind, and what nobody reads. */
final class LagTroubles {

    private LagTroubles() {}

    static List<Trouble> of(ConsumerLag.Look look, Instant now, Thresholds hurts) {
        List<Trouble> found = new ArrayList<>();
        for (GroupLag group : look.groups()) {
            if (group.expected() && group.isDead()) {
                found.add(new Trouble(Ailment.NOBODY_READS, service(group), group.lag(),
                        "Nobody reads as %s%s".formatted(group.name(), group.lag() == 0
                                ? ""
                                : "; it is %s, the oldest %s old".formatted(behind(group), age(group))),
                        Links.group(group.name())));
            }
            ailment(group.behind(), hurts).ifPresent(ailment -> found.add(new Trouble(ailment, service(group),
                    group.behind().toMillis(), "%s is %s, the oldest %s old".formatted(reader(group), behind(group),
                            age(group)),
                    Links.group(group.name()))));
        }
        Duration age = Duration.between(look.at(), now);
        if (age.compareTo(hurts.lagUnknown()) > 0) {
            found.add(new Trouble(Ailment.LAG_UNKNOWN, "", age.toMillis(),
                    "How far consumers are behind is not known: the broker has not answered "
                            + (look.at().equals(Instant.EPOCH) ? "yet" : "for " + Words.duration(age)),
                    Links.CONSUMERS));
        }
        return found;
    }

    /** As the alerts have it; none where it is not behind, or so little that it is as good as nothing. */
    static Optional<Ailment> ailment(Duration behind, Thresholds hurts) {
        if (behind.compareTo(hurts.farBehind()) > 0) {
            return Optional.of(Ailment.FAR_BEHIND);
        }
        return behind.compareTo(hurts.behind()) > 0 ? Optional.of(Ailment.BEHIND) : Optional.empty();
    }

    /** Groups are named after their service and subscription. */
    static String service(GroupLag group) {
        int dot = group.name().indexOf('.');
        return dot < 0 ? "" : group.name().substring(0, dot);
    }

    static String subscription(GroupLag group) {
        return group.name().substring(group.name().indexOf('.') + 1);
    }

    private static String reader(GroupLag group) {
        String service = service(group);
        return service.isEmpty() ? group.name() : "%s (%s)".formatted(service, subscription(group));
    }

    private static String behind(GroupLag group) {
        return Words.count((double) group.lag(), "message") + " behind";
    }

    private static String age(GroupLag group) {
        return Words.duration(group.behind());
    }
}
