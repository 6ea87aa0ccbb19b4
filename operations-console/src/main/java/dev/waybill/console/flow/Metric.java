package dev.waybill.console.flow;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Of all that the services measure, what the map is made of; nothing else is asked for, read or kept. */
enum Metric {
    /** In seconds since 1970. It tells one process from another behind the same address. */
    PROCESS_START("process_start_time_seconds"),
    PENDING_CONNECTIONS("hikaricp_connections_pending"),

    OUTBOX_BACKLOG("outbox_backlog"), OUTBOX_OLDEST("outbox_oldest_unpublished_age_seconds"),
    OUTBOX_LEADER("outbox_relay_leader"), OUTBOX_GAP("outbox_gap_age_seconds"),
    OUTBOX_AHEAD("outbox_partitions_ahead"), INBOX_AHEAD("inbox_partitions_ahead"),
    /** Not a number where it could not be found out. */
    OUTBOX_FORGOTTEN("outbox_forgotten_messages"),

    PARKED("messages_parked", "subscription", Map.of("state", Set.of("PARKED"))),
    PAUSED("subscription_paused", "subscription"),
    INVERSIONS("messages_sequence_inversions_total", "subscription"),
    GAPS("messages_sequence_gaps_total", "subscription"),
    /** From when a message was said to when what came of it was committed. */
    HANDLED_SECONDS("messages_handled_seconds_bucket", "subscription topic"),

    OUTSIDE_OPEN("outside_calls_open"), OUTSIDE_OLDEST("outside_calls_oldest_open_age_seconds"),
    OUTSIDE_CALLS("outside_call_seconds_count"), OUTSIDE_SECONDS("outside_call_seconds_bucket"),
    /** Above zero where it does not let calls through as usual, or has not the last time that somebody called. */
    BREAKER("resilience4j_circuitbreaker_state", "name", Map.of("state", Set.of("open", "half_open"))),
    BREAKER_FAILED("resilience4j_circuitbreaker_calls_seconds_count", "name", Map.of("kind", Set.of("failed"))),
    BREAKER_SPARED("resilience4j_circuitbreaker_not_permitted_calls_total", "name"),

    PLACING("http_server_requests_seconds_count", "", Placing.LABELS),
    PLACING_SECONDS("http_server_requests_seconds_bucket", "", Placing.LABELS),
    PLACING_REFUSED("http_server_requests_seconds_count", "",
            Map.of("method", Set.of("POST"), "uri", Set.of("/orders"), "status", Set.of("503"))),
    ORDER_BACKLOG("order_backlog"), HOLDS_OVERDUE("inventory_holds_overdue"),
    MAILS_OLDEST("notifications_oldest_waiting_age_seconds"),
    MAILS_FAILED("notifications_failed_total", "reason"),
    SCANS_AGAINST("order_scans_total", "", Map.of("outcome", Set.of("contradicting"))),
    LEFT_ALL_THE_SAME("shipments_left_all_the_same_total"),

    SAGA_ACTIVE("saga_active", "step"), SAGA_STUCK("saga_stuck"), SAGA_OVERDUE("saga_overdue"),
    SAGA_STARTED("saga_started_total"), SAGA_FINISHED("saga_finished_total"),
    SAGA_SECONDS("saga_duration_seconds_bucket"), STEP_SECONDS("saga_step_seconds_bucket", "step");

    /** Of an enumeration's own constants nothing can be used to make them. */
    private static final class Placing {
        private static final Map<String, Set<String>> LABELS = Map.of("method", Set.of("POST"), "uri",
                Set.of("/orders"));
    }

    private static final Map<String, List<Metric>> BY_NAME = Arrays.stream(values())
            .collect(Collectors.groupingBy(metric -> metric.sample));

    private final String sample;
    private final String toldApartBy;
    @SuppressWarnings("ImmutableEnumChecker") // made of Map.of and Set.of
    private final Map<String, Set<String>> only;

    Metric(String sample) {
        this(sample, "");
    }

    Metric(String sample, String toldApartBy) {
        this(sample, toldApartBy, Map.of());
    }

    /** @param only samples whose labels have one of these values; the others are something else */
    Metric(String sample, String toldApartBy, Map<String, Set<String>> only) {
        this.sample = sample;
        this.toldApartBy = toldApartBy;
        this.only = only;
    }

    static boolean isWanted(String sample) {
        return BY_NAME.containsKey(sample);
    }

    /** Those that a sample counts for. */
    static List<Metric> of(Sample sample) {
        return BY_NAME.getOrDefault(sample.name(), List.of()).stream()
                .filter(metric -> metric.only.entrySet().stream()
                        .allMatch(each -> each.getValue().contains(sample.label(each.getKey()))))
                .toList();
    }

    /** What the services are asked for, by the names under which they know their meters. */
    static String names() {
        return BY_NAME.keySet().stream().map(name -> name.replaceAll("_(bucket|count|total)$", "")).distinct().sorted()
                .collect(Collectors.joining(","));
    }

    boolean isCounter() {
        return sample.endsWith("_total") || sample.endsWith("_count") || isHistogram();
    }

    /** What happens now and then is asked for over an hour; it is a handful of series. */
    boolean isSeldom() {
        return this == MAILS_FAILED || this == SCANS_AGAINST || this == LEFT_ALL_THE_SAME;
    }

    boolean isHistogram() {
        return sample.endsWith("_bucket");
    }

    Series series(Sample of) {
        String apart = Arrays.stream(toldApartBy.split(" ", -1)).map(of::label).collect(Collectors.joining(" "));
        return new Series(this, apart,
                isHistogram() ? PrometheusText.number(of.label("le")) : Series.NO_BOUND);
    }
}
