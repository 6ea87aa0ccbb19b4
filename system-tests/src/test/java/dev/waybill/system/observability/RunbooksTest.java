package dev.waybill.system.observability;

import dev.waybill.system.observability.Dashboards.Choice;
import dev.waybill.system.observability.Dashboards.Panel;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

/** Who is woken up is told what it means, where to look and what to do; who looks is told what is seen. */
class RunbooksTest {

    private static final Path RULES = Path.of("..", "observability", "prometheus", "rules");
    private static final Path RUNBOOKS = Path.of("..", "docs", "operating.md");

    /** An alert as its file has it. */
    private record Alert(String name, String text) {

        String says(String annotation) {
            return all("(?m)^ +" + annotation + ": '?(.*?)'?$", text).map(match -> match.group(1)).collect(joining());
        }
    }

    @Test
    void everyAlertHasARunbookAndEveryRunbookAnAlert() throws IOException {
        assertThat(runbooks().map(section -> section.lines().findFirst().orElse("")))
                .containsExactlyInAnyOrderElementsOf(alerts().stream().map(Alert::name).toList());
        assertThat(alerts()).allSatisfy(alert -> assertThat(alert.says("runbook_url"))
                .isEqualTo("docs/operating.md#" + alert.name().toLowerCase(Locale.ROOT)));
    }

    @Test
    void everyRunbookSaysWhatItMeansHowToLookAndWhatToDo() throws IOException {
        assertThat(runbooks()).allSatisfy(
                section -> assertThat(section).containsSubsequence("**It means**", "**Look**", "**Do**"));
    }

    @Test
    void everyAlertSaysHowBadItIsAndWhatItHasSeen() throws IOException {
        assertThat(alerts()).allSatisfy(alert -> {
            assertThat(alert.says("labels")).matches("\\{severity: (critical|warning)}");
            assertThat(alert.says("summary")).isNotEmpty();
            assertThat(alert.says("description")).contains("{{ $value");
        });
    }

    @Test
    void everyAlertLeadsToADashboardAndChoosesThereWhatMayBeChosen() throws IOException {
        Dashboards dashboards = Dashboards.read();
        assertThat(alerts()).allSatisfy(alert -> {
            MatchResult link = all("^/d/([a-z-]+)(?:\\?var-(\\w+)=.*)?$", alert.says("dashboard")).findFirst()
                    .orElseThrow(() -> new AssertionError(alert.name() + " leads nowhere"));
            List<String> choices = dashboards.get(link.group(1)).choices().stream().map(Choice::name).toList();
            if (link.group(2) != null) {
                assertThat(choices).contains(link.group(2));
            }
        });
    }

    @Test
    void everyPanelSaysWhatItShowsInWhichUnitFromWhereOnItIsBadAndWhatStandsBehindIt() throws IOException {
        Dashboards dashboards = Dashboards.read();
        List<Panel> panels = dashboards.all().stream().flatMap(dashboard -> dashboard.panels().stream()).toList();
        assertThat(dashboards.all()).hasSize(6);
        assertThat(panels).allSatisfy(panel -> {
            assertThat(panel.title()).isNotEmpty();
            assertThat(panel.json().path("description").asString()).endsWith(".");
            assertThat(panel.defaults().path("unit").asString()).isNotEmpty();
            assertThat(panel.defaults().path("thresholds").path("steps").size()).isPositive();
            assertThat(panel.defaults().path("links").size()).isPositive();
            assertThat(panel.expressions()).isNotEmpty();
        });
        assertThat(panels.stream().flatMap(panel -> panel.defaults().path("links").valueStream())
                .flatMap(link -> all("^/d/([a-z-]+)", link.path("url").asString())).map(link -> link.group(1)))
                .allSatisfy(uid -> assertThat(dashboards.get(uid)).isNotNull());
    }

    private static List<Alert> alerts() throws IOException {
        try (Stream<Path> files = Files.list(RULES)) {
            return files.sorted().map(RunbooksTest::read)
                    .flatMap(text -> all("(?ms)^ +- alert: (\\w+)\n(.*?)(?=^ +- |\\z)", text))
                    .map(match -> new Alert(match.group(1), match.group(2))).toList();
        }
    }

    /** Each with its heading as the first line. */
    private static Stream<String> runbooks() {
        return all("(?ms)^### (.*?)(?=^##|\\z)", read(RUNBOOKS)).map(match -> match.group(1));
    }

    private static Stream<MatchResult> all(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).results();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
