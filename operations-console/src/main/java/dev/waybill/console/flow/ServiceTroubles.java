package dev.waybill.console.flow;

import dev.waybill.console.flow.FlowSettings.Thresholds;
import dev.waybill.console.services.Services;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** What hurts in one service, by its own figures. */
final class ServiceTroubles {

    /** As far as the alerts look back. */
    private static final Duration SEQUENCES = Duration.ofMinutes(15);
    private static final Duration REFUSED = Duration.ofMinutes(5);
    private static final Duration SELDOM = Duration.ofHours(1);
    /** Whole weeks of the inbox, and partitions of the outbox that no id has reached. */
    private static final int INBOX_AHEAD = 2;
    private static final int OUTBOX_AHEAD = 1;
    /** A service that begins has no leader yet; the alert has as much patience. */
    private static final Duration LEADERLESS = Duration.ofMinutes(1);

    private final ServiceFigures service;
    private final Thresholds hurts;
    private final String name;
    private final List<Trouble> found = new ArrayList<>();

    private ServiceTroubles(ServiceFigures service, Thresholds hurts) {
        this.service = service;
        this.hurts = hurts;
        this.name = service.name();
    }

    static List<Trouble> of(ServiceFigures service, Thresholds hurts) {
        var troubles = new ServiceTroubles(service, hurts);
        ServiceFigures.Silence silence = service.silence();
        if (silence != null) {
            troubles.add(Ailment.AWAY, 1, "%s %s".formatted(service.name(), silence.why()),
                    Links.service(service.name()));
        } else {
            troubles.outbox();
            troubles.partitions();
            troubles.subscriptions();
            troubles.outside();
            troubles.business();
        }
        return troubles.found;
    }

    private void outbox() {
        String here = Links.service(name);
        double backlog = gauge(Metric.OUTBOX_BACKLOG);
        double oldest = gauge(Metric.OUTBOX_OLDEST);
        double forgotten = gauge(Metric.OUTBOX_FORGOTTEN);
        double gap = gauge(Metric.OUTBOX_GAP);
        if (Double.isNaN(forgotten)) {
            add(Ailment.OUTBOX_UNCHECKED, 1,
                    name + " does not know whether its database is complete, and does nothing", here);
        } else if (forgotten > 0) {
            add(Ailment.OUTBOX_FORGOTTEN, forgotten,
                    "The database of %s was set back: %s on the topics that it does not know"
                            .formatted(name, Words.count(forgotten, "message")),
                    here);
        }
        if (service.withoutLeader().compareTo(LEADERLESS) > 0) {
            add(Ailment.NOBODY_PUBLISHES, backlog, "Nobody publishes what %s says, for %s".formatted(name,
                    Words.duration(service.withoutLeader())), here);
        }
        if (beyond(oldest, hurts.outboxOldest())) {
            add(Ailment.NOT_PUBLISHED, oldest, "%s publishes nothing: %s in its outbox, the oldest for %s"
                    .formatted(name, waiting(backlog), Words.duration(oldest)), here);
        }
        if (beyond(gap, hurts.outboxHeldUp())) {
            add(Ailment.HELD_UP, gap, "A transaction of %s does not end and holds its outbox up, for %s"
                    .formatted(name, Words.duration(gap)), here);
        }
        if (backlog > hurts.outboxBacklog()) {
            add(Ailment.OUTBOX_LONG, backlog, "%s publishes less than it says: %s in its outbox"
                    .formatted(name, waiting(backlog)), here);
        }
    }

    private void partitions() {
        runOut("inbox", Metric.INBOX_AHEAD, INBOX_AHEAD);
        runOut("outbox", Metric.OUTBOX_AHEAD, OUTBOX_AHEAD);
    }

    private void runOut(String table, Metric ahead, int least) {
        service.gauge(ahead).ifPresent(partitions -> {
            if (partitions < least) {
                add(Ailment.PARTITIONS_RUN_OUT, least - partitions,
                        "No new partitions are made of the %s of %s: %s ahead"
                                .formatted(table, name, Words.number(partitions)),
                        Links.service(name));
            }
        });
    }

    private void subscriptions() {
        service.gauges(Metric.PARKED).forEach((subscription, parked) -> {
            if (parked > 0) {
                add(Ailment.PARKED, parked, "%s could not handle %s of %s: parked, until somebody has seen to them"
                        .formatted(name, Words.count(parked, "message"), subscription),
                        Links.parked(name, subscription));
            }
        });
        service.gaugesOfAny(Metric.PAUSED).forEach((subscription, paused) -> {
            if (paused > 0) {
                add(Ailment.PAUSED, paused, "%s has stopped handling %s, as most of it could not be handled"
                        .formatted(name, subscription), Links.parked(name, subscription));
            }
        });
        for (String subscription : service.gauges(Metric.INVERSIONS).keySet()) {
            double inverted = service.grownSoFar(Metric.INVERSIONS, subscription, SEQUENCES);
            if (inverted > 0) {
                add(Ailment.INVERTED, inverted, "%s was given %s of %s in the wrong order, within a quarter of an hour"
                        .formatted(name, Words.count(inverted, "message"), subscription),
                        Links.group(name + "." + subscription));
            }
            double gaps = service.grownSoFar(Metric.GAPS, subscription, SEQUENCES);
            if (gaps > 0) {
                add(Ailment.SEQUENCE_GAP, gaps, "%s misses %s of %s, within a quarter of an hour"
                        .formatted(name, Words.count(gaps, "message"), subscription),
                        Links.group(name + "." + subscription));
            }
        }
    }

    private void outside() {
        Breaker.of(service).stream().filter(breaker -> breaker.state() == Breaker.State.OPEN).forEach(
                breaker -> add(Ailment.BREAKER, 1, "%s does not get through to the %s: half of its calls or more fail"
                        .formatted(name, breaker.other()), Links.waits(name)));
        double oldest = gauge(Metric.OUTSIDE_OLDEST);
        // Mails have a patience of their own, see below.
        if (beyond(oldest, hurts.outsideCalls()) && !name.equals(Services.NOTIFICATION)) {
            add(Ailment.NO_ANSWER_FROM_OUTSIDE, oldest, "%s has no answer from outside to %s, the oldest asked %s ago"
                    .formatted(name, Words.count(gauge(Metric.OUTSIDE_OPEN), "call"), Words.duration(oldest)),
                    Links.waits(name));
        }
        double mail = gauge(Metric.MAILS_OLDEST);
        if (beyond(mail, hurts.mails())) {
            add(Ailment.MAILS, mail, "Customers are not mailed: the oldest mail has waited for "
                    + Words.duration(mail), Links.waits(name));
        }
        for (String reason : service.gauges(Metric.MAILS_FAILED).keySet()) {
            double failed = service.grownSoFar(Metric.MAILS_FAILED, reason, SELDOM);
            if (failed > 0) {
                add(Ailment.MAILS_FAIL, failed, "%s given up within an hour, as %s"
                        .formatted(Words.count(failed, "mail"), reason), Links.service(name));
            }
        }
    }

    private void business() {
        double refused = service.grownSoFar(Metric.PLACING_REFUSED, "", REFUSED);
        if (refused > 0) {
            add(Ailment.ORDERS_REFUSED, refused,
                    "Orders are refused for now: %s told to come again later, within five minutes"
                            .formatted(Words.count(refused, "request")),
                    Links.ORDERS);
        }
        double backlog = gauge(Metric.ORDER_BACKLOG);
        if (backlog > hurts.orderBacklog()) {
            add(Ailment.ORDERS_PILE_UP, backlog, "Orders pile up: %s placed and not settled"
                    .formatted(Words.number(backlog)), Links.older("PT1M"));
        }
        double against = service.grownSoFar(Metric.SCANS_AGAINST, "", SELDOM)
                + service.grownSoFar(Metric.LEFT_ALL_THE_SAME, "", SELDOM);
        if (against > 0) {
            add(Ailment.PARCEL_AGAINST_DECISION, against,
                    "The carrier has %s against what was decided, as %s has heard within an hour"
                            .formatted(Words.count(against, "parcel"), name),
                    Links.ORDERS);
        }
        double holds = gauge(Metric.HOLDS_OVERDUE);
        if (holds > 0) {
            add(Ailment.HOLDS_OVERDUE, holds, "Stock is held for too long, for " + Words.count(holds, "order"),
                    Links.older("PT1H"));
        }
        double pending = gauge(Metric.PENDING_CONNECTIONS);
        if (pending > hurts.connections()) {
            add(Ailment.CONNECTIONS, pending, "%s waits for its database: %s without a connection"
                    .formatted(name, Words.count(pending, "thread")), Links.service(name));
        }
    }

    /** Nought where it is not told. */
    private double gauge(Metric metric) {
        OptionalDouble value = service.gauge(metric);
        return value.orElse(0);
    }

    private static boolean beyond(double seconds, Duration most) {
        return seconds * 1000 > most.toMillis();
    }

    private static String waiting(double messages) {
        return Words.count(messages, "message") + (Math.round(messages) == 1 ? " waits" : " wait");
    }

    private void add(Ailment ailment, double size, String words, String link) {
        found.add(new Trouble(ailment, name, size, words, link));
    }
}
