package dev.waybill.console.flow;

import dev.waybill.console.Spoken;
import dev.waybill.console.flow.FlowSettings.Thresholds;
import dev.waybill.console.lag.ConsumerLag;
import dev.waybill.console.lag.GroupLag;
import org.jspecify.annotations.Nullable;

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
        String then = look.isCurrent(now)
                ? ""
                : ", as it was seen last at %s UTC".formatted(Spoken.moment(look.at()));
        for (GroupLag group : look.groups()) {
            if (group.expected() && group.isDead()) {
                found.add(new Trouble(Ailment.NOBODY_READS, service(group), group.lag().orElse(0),
                        "Nobody reads as %s%s%s".formatted(group.name(), waiting(group), then),
                        Links.group(group.name())));
            }
            ailment(group, hurts).ifPresent(ailment -> found.add(new Trouble(ailment, service(group),
                    size(group.presumed()), "%s is %s%s".formatted(reader(group), behind(group), then),
                    Links.group(group.name()))));
        }
        Duration age = Duration.between(look.at(), now);
        if (age.compareTo(hurts.lagUnknown()) > 0) {
            found.add(new Trouble(Ailment.LAG_UNKNOWN, "", age.toMillis(),
                    "How far consumers are behind is not known: the broker has not answered "
                            + (look.at().equals(Instant.EPOCH)
                                    ? "yet"
                                    : "since %s UTC".formatted(Spoken.moment(look.at()))),
                    Links.CONSUMERS));
        }
        return found;
    }

    /**
     * As the alerts have it: none where it is not behind, or so little that it is as good as nothing, and none of a group that nobody waits for.
     * What could not be read in time is taken as it was when it was known last, and older by the time since.
     */
    static Optional<Ailment> ailment(GroupLag group, Thresholds hurts) {
        Duration behind = group.presumed();
        if (!group.expected() || behind == null || behind.compareTo(hurts.behind()) <= 0) {
            return Optional.empty();
        }
        return Optional.of(behind.compareTo(hurts.farBehind()) > 0 ? Ailment.FAR_BEHIND : Ailment.BEHIND);
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

    private static String waiting(GroupLag group) {
        if (group.lag().isEmpty()) {
            return "; how much waits for it is not known";
        }
        return group.lag().getAsLong() == 0 ? "" : "; it is " + behind(group);
    }

    private static String behind(GroupLag group) {
        return "%s behind, %s".formatted(Words.count((double) group.lag().orElse(0), "message"),
                Words.oldest(group));
    }

    private static double size(@Nullable Duration behind) {
        return behind == null ? 0 : behind.toMillis();
    }
}
