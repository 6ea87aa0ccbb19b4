package dev.waybill.console.flow;

import dev.waybill.console.Spoken;
import dev.waybill.console.flow.FlowSettings.Thresholds;
import dev.waybill.console.lag.ConsumerLag;
import dev.waybill.console.lag.GroupLag;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How far consumers are behind, as the map says it, and how bad that is. While the broker is silent nothing is known of it, and nothing that it
 * once said is shown as if it were so now; nor does the map grow calm by that: what hurt then hurts on.
 */
final class Lags {

    private final ConsumerLag.Look look;
    private final Instant now;
    private final Thresholds hurts;

    Lags(ConsumerLag.Look look, Instant now, Thresholds hurts) {
        this.look = look;
        this.now = now;
        this.hurts = hurts;
    }

    record Said(String words, Level level) {}

    boolean areCurrent() {
        return look.isCurrent(now);
    }

    /** What nobody knows of those that have to be there, in words; empty where all is known. */
    Optional<String> unknown() {
        if (!areCurrent()) {
            return Optional.of("how far consumers are behind " + notKnown());
        }
        return look.groups().stream().filter(group -> group.expected() && group.lag().orElse(0) > 0
                && group.behind() == null).findFirst()
                .map(group -> "for how long messages wait for %s is not known".formatted(group.name()));
    }

    private String notKnown() {
        return look.at().equals(Instant.EPOCH)
                ? "is not known yet"
                : "has not been known since %s UTC".formatted(Spoken.moment(look.at()));
    }

    List<GroupLag> ofService(String service) {
        return look.groups().stream().filter(group -> LagTroubles.service(group).equals(service)).toList();
    }

    /** Of its topic only, where the group reads others too. */
    Said of(Hop hop) {
        return look.groups().stream().filter(each -> each.name().equals(hop.group())).findFirst()
                .map(group -> of(group.ofTopic(hop.topic())))
                .orElseGet(() -> areCurrent() ? new Said("lag not known", Level.WELL) : silent(Level.WELL));
    }

    Said of(GroupLag group) {
        boolean nobodyReads = group.expected() && group.isDead();
        Level level = nobodyReads
                ? Ailment.NOBODY_READS.level()
                : LagTroubles.ailment(group, hurts).map(Ailment::level).orElse(Level.WELL);
        if (!areCurrent()) {
            return silent(level);
        }
        return new Said(nobodyReads ? "nobody reads, " + behind(group) : behind(group), level);
    }

    private Said silent(Level before) {
        Level unknown = Ailment.LAG_UNKNOWN.level();
        return new Said("lag " + notKnown(), before.compareTo(unknown) > 0 ? before : unknown);
    }

    private static String behind(GroupLag group) {
        if (group.lag().isEmpty()) {
            return "lag not known";
        }
        long messages = group.lag().getAsLong();
        return messages == 0
                ? "0 behind"
                : "%s behind, %s".formatted(Words.number((double) messages), Words.oldest(group));
    }
}
