package dev.waybill.system.observability;

import dev.waybill.system.auditor.reading.Addresses.Service;
import dev.waybill.system.driver.Crowd;
import dev.waybill.system.driver.OrderForm;
import dev.waybill.system.driver.PlatformTest;
import dev.waybill.system.driver.Waybill;
import dev.waybill.system.observability.Dashboards.Choice;
import dev.waybill.system.observability.Dashboards.Panel;
import dev.waybill.system.observability.PrometheusServer.Rule;
import dev.waybill.system.observability.PrometheusServer.Sample;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The proof that what is shown is there: a real Prometheus reads the running platform under load, and every expression of every
 * panel and every rule has an answer that is a number. Then a consumer is killed: its lag is seen to rise while it is dead, its alerts fire, and
 * they clear when it is back.
 */
@PlatformTest
@Tag("long")
@Order(3)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SeenUnderLoadIT {

    private static final Path OBSERVABILITY = Path.of("..", "observability");
    private static final String GROUP = "notification-service.notifications";
    /** Long enough for the alert on seconds of lag, whose bound is the repository's. */
    private static final Duration DEAD = Duration.ofSeconds(75);
    private static final String ALL_IS_WELL = "There is a series only where something is wrong, and nothing is";

    /** What has rightly no answer, and why. */
    private static final Map<String, String> RIGHTLY_EMPTY = Map.of(
            "waybill-platform: Alerts", ALL_IS_WELL,
            "waybill-business: Refused for now", ALL_IS_WELL,
            "OrdersRefused", ALL_IS_WELL,
            "InvariantViolated", "The auditor leaves a file, and nobody collects it here");

    private final Waybill waybill;
    private final Dashboards dashboards;
    private final PrometheusServer prometheus;
    private final Set<String> answered = new HashSet<>();

    SeenUnderLoadIT(Waybill waybill) throws IOException, InterruptedException {
        this.waybill = waybill;
        this.dashboards = Dashboards.read();
        installedAndVerified();
        Path directory = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "prometheus");
        this.prometheus = PrometheusServer.start(directory, waybill.addresses().portOffset());
    }

    /** The repository's own command, which installs Prometheus where it is missing. */
    private static void installedAndVerified() throws IOException, InterruptedException {
        Path said = Files.createDirectories(Path.of("target", "observability")).resolve("verify.log");
        Process verify = new ProcessBuilder(OBSERVABILITY.resolve("verify").toString()).redirectErrorStream(true)
                .redirectOutput(said.toFile()).start();
        assertThat(verify.waitFor()).as(Files.readString(said)).isZero();
    }

    @BeforeAll
    void everyProcessIsRead() {
        await("every target answers, within a second").atMost(Duration.ofSeconds(90)).untilAsserted(
                () -> assertThat(prometheus.query("up{job=\"waybill\"}")).hasSize(7)
                        .allMatch(up -> up.value() == 1));
    }

    @AfterAll
    void end() {
        prometheus.close();
    }

    @Test
    @Order(1)
    void everyExpressionOfEveryPanelAndRuleHasAnAnswerUnderLoad() {
        try (var crowd = new Crowd()) {
            crowd.place(60, Duration.ofMillis(300), this::anyOrder);
            await("every expression has an answer").atMost(Duration.ofSeconds(90))
                    .pollInterval(Duration.ofSeconds(3))
                    .untilAsserted(() -> assertThat(unanswered()).isEmpty());
            crowd.placed().forEach(order -> order.end());
        }
        assertThat(prometheus.rules()).as("what each rule said when it was last asked")
                .allMatch(rule -> rule.health().equals("ok"));
    }

    @Test
    @Order(2)
    void whatIsRightlyEmptyIsNamedAsItIsThere() {
        List<String> names = Stream.concat(panels().map(Panel::toString), prometheus.rules().stream().map(Rule::name))
                .toList();
        assertThat(names).containsAll(RIGHTLY_EMPTY.keySet());
    }

    @Test
    @Order(3)
    void aConsumerThatIsDeadIsSeenToFallBehindAndItsAlertsFireAndClear() {
        Panel lag = dashboards.get("waybill-lag").panel("Behind, in seconds");
        await("it is not behind").atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(secondsBehind(lag)).isZero());
        assertThat(firing()).containsOnly(Map.entry("ConsumerGroupBehind", false),
                Map.entry("ConsumerGroupWithoutMembers", false), Map.entry("TargetDown", false));

        waybill.platform().kill(Service.NOTIFICATION, DEAD);
        anyOrder(0).place().end();

        await("it falls behind").atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(secondsBehind(lag)).isGreaterThan(5));
        double before = secondsBehind(lag);
        await("and farther").atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(secondsBehind(lag)).isGreaterThan(before + 5));
        await("its alerts fire").atMost(DEAD)
                .untilAsserted(() -> assertThat(firing()).containsOnly(Map.entry("ConsumerGroupBehind", true),
                        Map.entry("ConsumerGroupWithoutMembers", true), Map.entry("TargetDown", true)));

        await("it is back, has caught up, and its alerts have cleared").atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> {
                    assertThat(secondsBehind(lag)).isZero();
                    assertThat(firing()).doesNotContainValue(true);
                });
    }

    private Map<String, Boolean> firing() {
        return Map.of(
                "ConsumerGroupBehind", prometheus.fires("ConsumerGroupBehind", "consumergroup", GROUP),
                "ConsumerGroupWithoutMembers",
                prometheus.fires("ConsumerGroupWithoutMembers", "consumergroup", GROUP),
                "TargetDown", prometheus.fires("TargetDown", "application", Service.NOTIFICATION.process()));
    }

    /** What that panel shows when this group is chosen. */
    private double secondsBehind(Panel lag) {
        String expression = filled(lag.expressions().getFirst(), Map.of("group", GROUP, "topic", ".*"));
        List<Sample> shown = prometheus.query(expression);
        assertThat(shown).as(expression).hasSize(1);
        return shown.getFirst().value();
    }

    /** Orders of several kinds, so that some are rejected. */
    private OrderForm anyOrder(int n) {
        OrderForm order = waybill.order("FILTER-04", 1).by("a customer who is watched");
        return switch (n % 5) {
            case 1 -> order.paidBy("pm_card_declined");
            case 3 -> order.to("XX");
            default -> order;
        };
    }

    private Stream<Panel> panels() {
        return dashboards.all().stream().flatMap(dashboard -> dashboard.panels().stream());
    }

    /** Panels and rules, each with the expressions of it that have no answer; one that is wrong ends the test. */
    private Map<String, List<String>> unanswered() {
        Map<String, List<String>> empty = new TreeMap<>();
        panels().forEach(panel -> note(empty, panel.toString(), panel.expressions().stream()
                .filter(expression -> !isAnswered(panel.dashboard().choices(), expression)).toList()));
        prometheus.rules().forEach(rule -> note(empty, rule.name(), Stream.of(answeringAlways(rule))
                .filter(expression -> !isAnswered(expression)).toList()));
        return empty;
    }

    private static void note(Map<String, List<String>> empty, String name, List<String> expressions) {
        if (!expressions.isEmpty() && !RIGHTLY_EMPTY.containsKey(name)) {
            empty.put(name, expressions);
        }
    }

    /** An alert that has no reason to fire has no answer; made to say 0 or 1, it has one if there is what it looks at. */
    private static String answeringAlways(Rule rule) {
        return rule.alerts() ? rule.query().replaceAll(" (==|!=|>=|<=|>|<) (?!bool)", " $1 bool ") : rule.query();
    }

    /** With all that may be chosen, or, where one is chosen at a time, with at least one of them. */
    private boolean isAnswered(List<Choice> choices, String expression) {
        List<Choice> single = choices.stream().filter(choice -> !choice.several()).toList();
        Map<String, String> all = new TreeMap<>();
        choices.stream().filter(Choice::several).forEach(
                choice -> all.put(choice.name(), String.join("|", values(choice))));
        if (single.isEmpty()) {
            return isAnswered(filled(expression, all));
        }
        assertThat(single).as("choices of one value").hasSize(1);
        return values(single.getFirst()).stream().map(value -> Map.of(single.getFirst().name(), value))
                .map(chosen -> isAnswered(filled(filled(expression, chosen), all))).toList().contains(true);
    }

    /**
     * A series that is not a number answers nothing: it is a share of nothing, or a quantile of what nobody has done. Of several, as by step or
     * by outcome, some may rightly be so; with the orders that are placed here, of several kinds, none is so altogether.
     */
    private boolean isAnswered(String expression) {
        // Once is enough: a minute after the last order a quantile is of nothing again.
        if (prometheus.query(expression).stream().anyMatch(sample -> Double.isFinite(sample.value()))) {
            answered.add(expression);
        }
        return answered.contains(expression);
    }

    private List<String> values(Choice choice) {
        List<String> values = prometheus.labelValues(choice.label(), choice.series());
        assertThat(values).as(choice.name()).isNotEmpty();
        return values;
    }

    private static String filled(String expression, Map<String, String> chosen) {
        String filled = expression.replace("$__rate_interval", "1m");
        for (Map.Entry<String, String> choice : chosen.entrySet()) {
            filled = filled.replace("$" + choice.getKey(), choice.getValue());
        }
        return filled;
    }
}
