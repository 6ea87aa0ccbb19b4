package dev.waybill.console.flow;

import dev.waybill.console.flow.FlowSettings.Thresholds;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.yaml.snakeyaml.Yaml;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** What the page says to hurt is what an alert would ring for: the same figures, the same thresholds, as bad. */
class SameAsTheAlertsTest {

    private static final Path RULES = Path.of("..", "observability", "prometheus", "rules");
    private static final Map<String, Rule> ALERTS = new HashMap<>();

    private static final String BUDGET = "It looks back for an hour and for six at all that was answered or has ended; "
            + "the console keeps a quarter of an hour of that, and nothing beyond its own restart";

    /** What only others can tell of, and why. */
    private static final Map<String, String> NOT_TOLD_HERE = Map.of(
            "PlacingBudgetBurnsFast", BUDGET, "PlacingBudgetBurns", BUDGET,
            "SagaBudgetBurnsFast", BUDGET, "SagaBudgetBurns", BUDGET,
            "OutboxBudgetBurnsFast", BUDGET, "OutboxBudgetBurns", BUDGET,
            "InvariantViolated", "The auditor finds it out, and it is no service that could be asked");

    private final Thresholds hurts = new Binder(new MapConfigurationPropertySource(Map.of()))
            .bindOrCreate("waybill.console.flow", FlowSettings.class).hurts();

    /** @param patience for how long it has to be so before it rings */
    private record Rule(String expression, String severity, String patience) {

        /** What is compared with, in its order. */
        List<Double> numbers() {
            return Pattern.compile("[<>] (\\d+(?:\\.\\d+)?)").matcher(expression).results()
                    .map(match -> Double.valueOf(match.group(1))).toList();
        }
    }

    @BeforeAll
    static void read() throws IOException {
        try (var files = Files.list(RULES)) {
            for (Path file : files.toList()) {
                try (Reader text = Files.newBufferedReader(file)) {
                    Map<String, List<Map<String, Object>>> read = new Yaml().load(text);
                    read.getOrDefault("groups", List.of()).forEach(SameAsTheAlertsTest::add);
                }
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static void add(Map<String, Object> group) {
        for (var rule : (List<Map<String, Object>>) Objects.requireNonNull(group.get("rules"))) {
            if (rule.get("alert") instanceof String name) {
                var labels = (Map<String, String>) Objects.requireNonNull(rule.get("labels"));
                ALERTS.put(name, new Rule(Objects.requireNonNull(rule.get("expr")).toString(),
                        Objects.requireNonNull(labels.get("severity")), String.valueOf(rule.get("for"))));
            }
        }
    }

    private static Rule alert(Ailment ailment) {
        return Objects.requireNonNull(ALERTS.get(ailment.alert()), ailment.alert());
    }

    @ParameterizedTest
    @EnumSource
    void itIsAsBadAsItsAlert(Ailment ailment) {
        assertThat(ailment.level().word().toLowerCase(Locale.ROOT)).isEqualTo(alert(ailment).severity());
    }

    @Test
    void itIsSaidWhichAlertsThePageCannotTellOf() {
        assertThat(ALERTS.keySet())
                .filteredOn(alert -> Arrays.stream(Ailment.values()).noneMatch(each -> each.alert().equals(alert)))
                .containsExactlyInAnyOrderElementsOf(NOT_TOLD_HERE.keySet());
        assertThat(NOT_TOLD_HERE.values()).allMatch(why -> !why.isBlank());
    }

    @Test
    void itBeginsToHurtWhereTheAlertDoes() {
        Map<Ailment, List<Double>> expected = new HashMap<>();
        for (Ailment ailment : Ailment.values()) {
            expected.put(ailment, switch (ailment) {
                // Zero: of groups that are expected.
                case BEHIND -> List.of(seconds(hurts.behind()), 0.0);
                case FAR_BEHIND -> List.of(seconds(hurts.farBehind()), 0.0);
                case LAG_UNKNOWN -> List.of(seconds(hurts.lagUnknown()));
                case NOT_PUBLISHED -> List.of(seconds(hurts.outboxOldest()));
                case OUTBOX_LONG -> List.of((double) hurts.outboxBacklog());
                case HELD_UP -> List.of(seconds(hurts.outboxHeldUp()));
                case NO_ANSWER_FROM_OUTSIDE -> List.of(seconds(hurts.outsideCalls()));
                case MAILS -> List.of(seconds(hurts.mails()));
                case ORDERS_PILE_UP -> List.of((double) hurts.orderBacklog());
                case CONNECTIONS -> List.of((double) hurts.connections());
                case SAGAS_STAND_STILL -> List.of((double) hurts.standStill(), 1.0);
                case AWAY, NOBODY_PUBLISHES -> List.of(1.0);
                case NOBODY_READS -> List.of(1.0, 0.0);
                // The inbox's, and the outbox's.
                case PARTITIONS_RUN_OUT -> List.of(2.0, 1.0);
                // The breaker's state, and then calls that failed or were not made.
                case BREAKER -> List.of(0.0, 0.0, 0.0);
                // Known to the order, or to shipping.
                case PARCEL_AGAINST_DECISION -> List.of(0.0, 0.0);
                // As soon as there is any.
                case OUTBOX_FORGOTTEN, OUTBOX_UNCHECKED, PAUSED, ORDERS_REFUSED, SAGAS_STUCK, INVERTED, PARKED,
                        OVERDUE, SEQUENCE_GAP, HOLDS_OVERDUE, MAILS_FAIL ->
                    List.of(0.0);
            });
        }

        expected.forEach((ailment, numbers) -> assertThat(alert(ailment).numbers()).as(ailment.alert())
                .isEqualTo(numbers));
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = {"AWAY", "NOBODY_READS", "BEHIND", "FAR_BEHIND", "LAG_UNKNOWN"})
    void itIsReadOffTheSameFigure(Ailment ailment) {
        assertThat(List.of(Metric.names().split(",", -1)))
                .anyMatch(metric -> alert(ailment).expression().contains(metric));
    }

    @ParameterizedTest
    @CsvSource({"INVERTED, 15m", "SEQUENCE_GAP, 15m", "SAGAS_STAND_STILL, 10m", "ORDERS_REFUSED, 5m",
            "BREAKER, 5m", "MAILS_FAIL, 1h", "PARCEL_AGAINST_DECISION, 1h"})
    void itLooksBackAsFar(Ailment ailment, String window) {
        assertThat(alert(ailment).expression()).contains("[" + window + "]");
    }

    /** Of all others the page tells before their alert rings; this one is wrong about the first orders after a quiet spell. */
    @Test
    void thatNoSagaEndsIsSaidAfterAsLongAsTheAlertWaits() {
        assertThat(alert(Ailment.SAGAS_STAND_STILL).patience()).isEqualTo(SagaTroubles.STANDING.toMinutes() + "m");
    }

    private static double seconds(Duration threshold) {
        return threshold.toMillis() / 1000d;
    }
}
