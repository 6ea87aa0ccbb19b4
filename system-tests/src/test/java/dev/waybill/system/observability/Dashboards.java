package dev.waybill.system.observability;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The repository's dashboards, as Grafana reads them. */
record Dashboards(List<Dashboard> all) {

    private static final Path FILES = Path.of("..", "observability", "grafana", "dashboards");
    private static final Pattern CHOICE = Pattern.compile("label_values\\((.*), (\\w+)\\)");

    static Dashboards read() throws IOException {
        try (Stream<Path> files = Files.list(FILES)) {
            return new Dashboards(files.sorted().map(Dashboards::read).toList());
        }
    }

    private static Dashboard read(Path file) {
        return new Dashboard(JsonMapper.shared().readTree(file));
    }

    Dashboard get(String uid) {
        return all.stream().filter(dashboard -> dashboard.uid().equals(uid)).findFirst().orElseThrow();
    }

    record Dashboard(JsonNode json) {

        String uid() {
            return json.path("uid").asString();
        }

        List<Choice> choices() {
            return json.path("templating").path("list").valueStream().map(Choice::new).toList();
        }

        List<Panel> panels() {
            return json.path("panels").valueStream().filter(panel -> !panel.path("type").asString().equals("row"))
                    .map(panel -> new Panel(this, panel)).toList();
        }

        Panel panel(String title) {
            return panels().stream().filter(panel -> panel.title().equals(title)).findFirst().orElseThrow();
        }
    }

    /** What the reader chooses above the panels: a value, or several, of a label of some series. */
    record Choice(JsonNode json) {

        String name() {
            return json.path("name").asString();
        }

        boolean several() {
            return json.path("multi").asBoolean();
        }

        String series() {
            return definition().group(1);
        }

        String label() {
            return definition().group(2);
        }

        private MatchResult definition() {
            return CHOICE.matcher(json.path("definition").asString()).results().findFirst().orElseThrow();
        }
    }

    record Panel(Dashboard dashboard, JsonNode json) {

        String title() {
            return json.path("title").asString();
        }

        JsonNode defaults() {
            return json.path("fieldConfig").path("defaults");
        }

        List<String> expressions() {
            return json.path("targets").valueStream().map(target -> target.path("expr").asString()).toList();
        }

        @Override
        public String toString() {
            return dashboard.uid() + ": " + title();
        }
    }
}
